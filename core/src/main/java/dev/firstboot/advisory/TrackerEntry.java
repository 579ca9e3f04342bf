package dev.firstboot.advisory;

import java.util.List;
import java.util.Map;

/**
 * What the tracker tells of one vulnerability in one source package.
 *
 * @param source the source package
 * @param cve its name
 * @param description what it is
 * @param releases what is known of it in each release, by the release's name
 */
record TrackerEntry(String source, String cve, String description, Map<String, TrackerRelease> releases) {
    private static final List<String> KNOWN = List.of("jessie", "stretch", "buster", "bullseye", "bookworm", "trixie");

    /** Whether it is in a release after this one. What nobody here knows the name of is later. */
    private static boolean isAfter(String release, String other) {
        int known = KNOWN.indexOf(other);
        return known < 0 || known > KNOWN.indexOf(release);
    }

    /** The releases after {@code release} that have this version or a later one: those that a backport of it comes from. */
    List<TrackerRelease> laterThatReach(String release, DebianVersion version) {
        return releases.entrySet().stream()
                .filter(entry -> isAfter(release, entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(later -> later.reaches(version))
                .toList();
    }
}
