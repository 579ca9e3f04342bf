package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.ZfsUnsupportedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether {@code zfs_cmd_t} is on the running kernel what we take it for, as {@link CommandTrial} finds out. An answer that nothing can change is kept; one
 * that is of this moment, such as before the first pool is imported, is asked for again. Thread-safe.
 */
final class SelfCheck {
    private static final boolean COMMAND = "off".equals(System.getProperty("dev.firstboot.zfs.ioctls"));
    private static final SelfCheck KERNEL = new SelfCheck(CommandTrial::run);

    private final Supplier<Answer> trial;
    private volatile @Nullable Answer kept;

    SelfCheck(Supplier<Answer> trial) {
        this.trial = trial;
    }

    /**
     * What a trial found.
     *
     * @param problem what is wrong; nothing if it is empty
     * @param lasting whether another trial would find the same
     */
    record Answer(String problem, boolean lasting) {
        /** Nothing that was seen is wrong, but not everything could be seen. */
        static final Answer FINE_SO_FAR = new Answer("", false);

        /** All is as we take it to be. */
        static final Answer FINE = new Answer("", true);
    }

    /** Whether it is so. With {@code -Ddev.firstboot.zfs.ioctls=off} lists and properties do without it in any case. */
    static boolean holds() {
        return !COMMAND && KERNEL.problem().isEmpty();
    }

    /**
     * Makes sure of it.
     *
     * @throws ZfsUnsupportedException if the running kernel has another structure, or it cannot be found out
     */
    static void require() {
        String problem = KERNEL.problem();
        if (!problem.isEmpty()) {
            throw ZfsUnsupportedException.missing("zfs_cmd_t: " + problem);
        }
    }

    /** What is wrong, or nothing. */
    String problem() {
        Answer known = kept;
        return (known == null ? tried() : known).problem();
    }

    private synchronized Answer tried() {
        Answer known = kept;
        if (known == null) {
            known = trial.get();
            kept = known.lasting() ? known : null;
        }
        return known;
    }
}
