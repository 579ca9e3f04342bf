package dev.firstboot.bake;

import dev.firstboot.advisory.Advisory;
import dev.firstboot.advisory.AdvisoryException;
import dev.firstboot.advisory.AdvisoryPolicy;
import dev.firstboot.advisory.SecurityTracker;
import dev.firstboot.artifact.Manifest;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stops a bake before it delivers what a policy refuses. */
final class AdvisoryGate {
    private static final String STEP = "advisories";
    private static final int SHOWN = 40;

    private final AdvisoryPolicy policy;
    private final SecurityTracker tracker;
    private final EventSink events;

    AdvisoryGate(AdvisoryPolicy policy, @Nullable URI proxy, EventSink events) {
        this.policy = policy;
        this.tracker = proxy == null ? policy.tracker() : policy.tracker().throughProxy(proxy);
        this.events = events;
    }

    /**
     * Checks an image against the policy.
     *
     * @throws BakeException naming the open vulnerabilities, or why they are unknown
     */
    void check(Manifest manifest) {
        long start = System.nanoTime();
        events.started(STEP, "look for known vulnerabilities");
        List<Advisory> refused = policy.refused(open(manifest));
        if (!refused.isEmpty()) {
            throw new BakeException(STEP, problem(manifest, refused), List.of(), wayOut(manifest, refused), null);
        }
        events.finished(STEP, start, false);
    }

    private List<Advisory> open(Manifest manifest) {
        try {
            return manifest.advisories(tracker);
        } catch (AdvisoryException e) {
            throw new BakeException(
                    STEP,
                    String.valueOf(e.getMessage()),
                    List.of(),
                    "nothing is delivered that could not be looked through; give the policy another SecurityTracker, such as a copy in a file",
                    e);
        }
    }

    private static String problem(Manifest manifest, List<Advisory> refused) {
        StringBuilder text = new StringBuilder("image '" + manifest.image() + "' has " + refused.size()
                + (refused.size() == 1 ? " known vulnerability" : " known vulnerabilities")
                + " that its policy refuses:");
        refused.stream()
                .limit(SHOWN)
                .forEach(advisory -> text.append("\n      ").append(advisory));
        if (refused.size() > SHOWN) {
            text.append("\n      and ")
                    .append(refused.size() - SHOWN)
                    .append(" more, which Manifest.advisories(...) of a bake without policy lists");
        }
        return text.toString();
    }

    private static String wayOut(Manifest manifest, List<Advisory> refused) {
        Set<String> ways = new LinkedHashSet<>();
        for (Advisory advisory : refused) {
            for (String suite : advisory.fixedIn()) {
                ways.add(
                        suite.endsWith("-backports") && !advisory.installed().isBackport()
                                ? "take " + advisory.source() + " from " + suite + " with Image.Builder.backport(\""
                                        + advisory.source() + "\")"
                                : "take the versions of today with Bakery.builder().refreshPackages(); those of the image are of "
                                        + manifest.resolvedAt()
                                                .map(Object::toString)
                                                .orElse("an unknown day"));
            }
        }
        ways.add("leave the package out, or accept what does no harm with AdvisoryPolicy.accept(...)");
        return String.join("; ", ways);
    }
}
