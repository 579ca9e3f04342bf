package dev.firstboot.zfs;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells whether ZFS can be used from this process. Thread-safe.
 *
 * <p>Two things are needed: the kernel module, seen as {@code /dev/zfs}, and the shared library {@code libzfs_core.so.3}. They
 * are looked for when first asked; the answer is kept for the life of the process.
 */
public final class Zfs {
    private Zfs() {}

    /** Whether ZFS can be used. Never throws. */
    public static boolean isAvailable() {
        return unavailabilityCause().isEmpty();
    }

    /** Why ZFS cannot be used and what to do about it, or empty if it can. Never throws. */
    public static Optional<String> unavailabilityCause() {
        return Answer.CAUSE;
    }

    private static final class Answer {
        static final Optional<String> CAUSE = new Availability(Path.of("/dev/zfs")).cause();
    }
}
