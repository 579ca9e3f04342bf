package dev.firstboot.advisory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which known vulnerabilities a bake refuses to deliver. Without a rule it refuses none. Immutable, thread-safe.
 *
 * <pre>{@code
 * AdvisoryPolicy.of(SecurityTracker.debian()).refuseFixable().refuseFrom(Urgency.MEDIUM).accept("CVE-2026-1234")
 * }</pre>
 */
public final class AdvisoryPolicy {
    private final SecurityTracker tracker;
    private final boolean refusesFixable;
    private final @Nullable Urgency least;
    private final Set<String> accepted;

    private AdvisoryPolicy(
            SecurityTracker tracker, boolean refusesFixable, @Nullable Urgency least, Set<String> accepted) {
        this.tracker = tracker;
        this.refusesFixable = refusesFixable;
        this.least = least;
        this.accepted = accepted;
    }

    /** A policy that knows what this tracker tells, and has no rule yet. */
    public static AdvisoryPolicy of(SecurityTracker tracker) {
        return new AdvisoryPolicy(tracker, false, null, Set.of());
    }

    /** Refuses an image that lacks a fix which one of its own suites of Debian has: the release, its updates, its security updates, or its backports where the image uses them. */
    public AdvisoryPolicy refuseFixable() {
        return new AdvisoryPolicy(tracker, true, least, accepted);
    }

    /** Refuses an image in which anything so urgent is open, or more urgent, with a fix or without. Most of what is open is {@link Urgency#NOT_YET_ASSIGNED}. */
    public AdvisoryPolicy refuseFrom(Urgency urgency) {
        return new AdvisoryPolicy(tracker, refusesFixable, urgency, accepted);
    }

    /** Accepts these, whatever the rules say: what was looked at and does no harm in this image. */
    public AdvisoryPolicy accept(String... cves) {
        Set<String> all = new LinkedHashSet<>(accepted);
        all.addAll(Arrays.asList(cves));
        return new AdvisoryPolicy(tracker, refusesFixable, least, all);
    }

    /** Who knows what is open. */
    public SecurityTracker tracker() {
        return tracker;
    }

    /** Whether it can refuse anything. */
    public boolean hasRule() {
        return refusesFixable || least != null;
    }

    /** Those of {@code open} that it refuses, in their order. */
    public List<Advisory> refused(List<Advisory> open) {
        return open.stream()
                .filter(advisory -> !accepted.contains(advisory.cve()))
                .filter(this::isRefused)
                .toList();
    }

    private boolean isRefused(Advisory advisory) {
        return (refusesFixable && advisory.isFixAvailable())
                || (least != null && advisory.urgency().isAtLeast(least));
    }

    @Override
    public String toString() {
        List<String> rules = new ArrayList<>();
        if (refusesFixable) {
            rules.add("what has a fix");
        }
        if (least != null) {
            rules.add("what is " + least + " or more urgent");
        }
        return "AdvisoryPolicy[refuses " + (rules.isEmpty() ? "nothing" : String.join(" and ", rules))
                + (accepted.isEmpty() ? "" : ", but for " + String.join(", ", accepted)) + "; by " + tracker.uri()
                + "]";
    }
}
