package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.ZfsUnsupportedException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks with a {@link CommandTrial} whether {@code zfs_cmd_t} of the running kernel is the one that this library knows. Keeps an answer that cannot change;
 * repeats the trial after any other, such as one before the first pool is imported. Thread-safe.
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
     * @param problem what is wrong; empty if nothing is
     * @param lasting whether another trial would find the same
     */
    record Answer(String problem, boolean lasting) {
        /** Nothing that was seen is wrong, but not everything could be seen. */
        static final Answer FINE_SO_FAR = new Answer("", false);

        /** Everything is as expected. */
        static final Answer FINE = new Answer("", true);
    }

    /** Returns whether it is. With {@code -Ddev.firstboot.zfs.ioctls=off} always false: lists and properties then use the commands. */
    static boolean holds() {
        return !COMMAND && KERNEL.problem().isEmpty();
    }

    /**
     * Throws unless it is.
     *
     * @throws ZfsUnsupportedException if the running kernel has another structure, or the trial fails
     */
    static void require() {
        String problem = KERNEL.problem();
        if (!problem.isEmpty()) {
            throw ZfsUnsupportedException.missing("zfs_cmd_t: " + problem);
        }
    }

    /** Returns what is wrong; empty if nothing is. */
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
