package dev.firstboot.advisory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tracker tells of one vulnerability in one release.
 *
 * @param isResolved whether it counts as fixed from {@code fixedOrNull} on
 * @param repositories which version each suite has
 * @param fixedOrNull the first version without it; {@code 0} where the release never had it
 * @param urgency how urgent it is
 * @param noDsaOrNull why there is no update of its own for it
 */
record TrackerRelease(
        boolean isResolved,
        Map<String, DebianVersion> repositories,
        @Nullable DebianVersion fixedOrNull,
        Urgency urgency,
        @Nullable String noDsaOrNull) {
    private static final DebianVersion NEVER = DebianVersion.of("0");

    /** Whether {@code version} is without it. */
    boolean isFixedIn(DebianVersion version) {
        return isResolved && fixedOrNull != null && version.compareTo(fixedOrNull) >= 0;
    }

    /** Whether the release has this version or one after it. */
    boolean reaches(DebianVersion version) {
        return repositories.values().stream().anyMatch(other -> other.compareTo(version) >= 0);
    }

    /** Whether there is a version without it, after one with it. */
    boolean hasFix() {
        return isResolved && fixedOrNull != null && !fixedOrNull.equals(NEVER);
    }
}
