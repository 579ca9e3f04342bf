package dev.firstboot.advisory;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A vulnerability that is open in an image. Sorts by urgency, the most urgent first; then by source package and name.
 *
 * @param cve its id, such as {@code CVE-2026-1234}; Debian's own {@code TEMP-…} if it has none yet
 * @param source the source package that has it
 * @param packages the image's packages built from it, sorted
 * @param installed the source package's version in the image
 * @param fixedOrNull the first fixed version; null if there is none
 * @param fixedIn those of the image's own Debian suites that have a fixed version, which a new bake can take from there
 * @param urgency Debian's assessment of the urgency
 * @param noDsaOrNull why Debian's security team publishes no separate update for it; null if it gave no reason
 * @param description what it is; may be empty
 */
public record Advisory(
        String cve,
        String source,
        List<String> packages,
        DebianVersion installed,
        @Nullable DebianVersion fixedOrNull,
        List<String> fixedIn,
        Urgency urgency,
        @Nullable String noDsaOrNull,
        String description)
        implements Comparable<Advisory> {
    private static final Comparator<Advisory> ORDER = Comparator.comparing(Advisory::urgency)
            .thenComparing(Advisory::source)
            .thenComparing(Advisory::cve)
            .thenComparing(Advisory::installed);

    public Advisory {
        packages = packages.stream().sorted().toList();
        fixedIn = List.copyOf(fixedIn);
    }

    /** Returns the first fixed version; empty if there is none. */
    public Optional<DebianVersion> fixed() {
        return Optional.ofNullable(fixedOrNull);
    }

    /** Returns why Debian's security team publishes no separate update for it; empty if it gave no reason. */
    public Optional<String> noDsa() {
        return Optional.ofNullable(noDsaOrNull);
    }

    /** Returns whether one of the image's own suites has a fixed version. */
    public boolean isFixAvailable() {
        return !fixedIn.isEmpty();
    }

    @Override
    public int compareTo(Advisory other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return cve + " (" + urgency + ") in " + source + " " + installed + " (" + String.join(", ", packages) + ")"
                + fixed().map(version -> ", fixed in " + version).orElse(", no fix")
                + (fixedIn.isEmpty() ? "" : ", which " + String.join(" and ", fixedIn) + " has")
                + noDsa().map(reason -> "; " + reason).orElse("");
    }
}
