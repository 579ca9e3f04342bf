package dev.firstboot.advisory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tracker's data on one vulnerability in one release.
 *
 * @param isResolved whether it counts as fixed from {@code fixedOrNull} on
 * @param repositories the version in each suite
 * @param fixedOrNull the first fixed version; {@code 0} if the release was never affected
 * @param urgency how urgent it is
 * @param noDsaOrNull why there is no separate update for it
 */
record TrackerRelease(
        boolean isResolved,
        Map<String, DebianVersion> repositories,
        @Nullable DebianVersion fixedOrNull,
        Urgency urgency,
        @Nullable String noDsaOrNull) {
    private static final DebianVersion NEVER = DebianVersion.of("0");

    /** Returns whether {@code version} is fixed or was never affected. */
    boolean isFixedIn(DebianVersion version) {
        return isResolved && fixedOrNull != null && version.compareTo(fixedOrNull) >= 0;
    }

    /** Returns whether the release has this version or a later one. */
    boolean reaches(DebianVersion version) {
        return repositories.values().stream().anyMatch(other -> other.compareTo(version) >= 0);
    }

    /** Returns whether there is a fixed version, after an affected one. */
    boolean hasFix() {
        return isResolved && fixedOrNull != null && !fixedOrNull.equals(NEVER);
    }
}
