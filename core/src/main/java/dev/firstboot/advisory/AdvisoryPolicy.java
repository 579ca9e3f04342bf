package dev.firstboot.advisory;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which known vulnerabilities stop a bake from delivering. Without a rule, none do. Immutable, thread-safe.
 *
 * <pre>{@code
 * AdvisoryPolicy.of(SecurityTracker.debian()).refuseFixable().refuseFrom(Urgency.MEDIUM).accept("CVE-2026-1234")
 * }</pre>
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
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

    /** Returns a policy that uses this tracker and has no rule yet. */
    public static AdvisoryPolicy of(SecurityTracker tracker) {
        return new AdvisoryPolicy(tracker, false, null, Set.of());
    }

    /**
     * Returns a copy that refuses an image that lacks a fix available in one of its own Debian suites: the release, its updates, its security
     * updates, or its backports if the image uses them.
     */
    public AdvisoryPolicy refuseFixable() {
        return new AdvisoryPolicy(tracker, true, least, accepted);
    }

    /**
     * Returns a copy that refuses an image with an open vulnerability of at least this urgency, fixable or not. Most open ones are
     * {@link Urgency#NOT_YET_ASSIGNED}.
     */
    public AdvisoryPolicy refuseFrom(Urgency urgency) {
        return new AdvisoryPolicy(tracker, refusesFixable, urgency, accepted);
    }

    /** Returns a copy that accepts these whatever the rules say: vulnerabilities that were reviewed and are harmless in this image. */
    public AdvisoryPolicy accept(String... cves) {
        Set<String> all = new LinkedHashSet<>(accepted);
        all.addAll(Arrays.asList(cves));
        return new AdvisoryPolicy(tracker, refusesFixable, least, all);
    }

    /** Returns the tracker that knows what is open. */
    public SecurityTracker tracker() {
        return tracker;
    }

    /** Returns whether it has a rule, and so can refuse anything. */
    public boolean hasRule() {
        return refusesFixable || least != null;
    }

    /** Returns the vulnerabilities of {@code open} that it refuses, in the same order. */
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
