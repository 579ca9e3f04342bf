package dev.firstboot.advisory;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A vulnerability that is open in an image. Sorts by urgency, the most urgent first; then by source package and name.
 *
 * @param cve its name, such as {@code CVE-2026-1234}; Debian's own number, {@code TEMP-…}, where it has none yet
 * @param source the source package that has it
 * @param packages the image's packages that are made from it, sorted
 * @param installed the source package's version in the image
 * @param fixedOrNull the first version without it, where there is one
 * @param fixedIn those of the image's own suites of Debian that have a version without it: a new bake can take it from there
 * @param urgency how urgent Debian holds it to be
 * @param noDsaOrNull why Debian's security team makes no update of its own for it, where it has said so
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

    /** The first version without it; empty if there is none. */
    public Optional<DebianVersion> fixed() {
        return Optional.ofNullable(fixedOrNull);
    }

    /** Why Debian's security team makes no update of its own for it; empty if it has not said so. */
    public Optional<String> noDsa() {
        return Optional.ofNullable(noDsaOrNull);
    }

    /** Whether one of the image's own suites has a version without it. */
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
