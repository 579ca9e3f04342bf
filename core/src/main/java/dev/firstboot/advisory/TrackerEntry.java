package dev.firstboot.advisory;

import java.util.List;
import java.util.Map;

/**
 * The tracker's data on one vulnerability in one source package.
 *
 * @param source the source package
 * @param cve its id
 * @param description what it is
 * @param releases the data for each release, by the release's name
 */
record TrackerEntry(String source, String cve, String description, Map<String, TrackerRelease> releases) {
    private static final List<String> KNOWN = List.of("jessie", "stretch", "buster", "bullseye", "bookworm", "trixie");

    /** Returns whether it is in a release after this one. An unknown release name counts as later. */
    private static boolean isAfter(String release, String other) {
        int known = KNOWN.indexOf(other);
        return known < 0 || known > KNOWN.indexOf(release);
    }

    /** Returns the releases after {@code release} that have this version or a later one: those that a backport of it comes from. */
    List<TrackerRelease> laterThatReach(String release, DebianVersion version) {
        return releases.entrySet().stream()
                .filter(entry -> isAfter(release, entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(later -> later.reaches(version))
                .toList();
    }
}
