package dev.firstboot.zfs.internal.ffi;

import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A platform thread for one side of a transfer. The thread that is in the kernel blocks signals, because any pending signal ends a send or receive with
 * {@code EINTR}. It does not block those that its own faults raise, which the JVM needs.
 */
public final class TransferThread {
    /** SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV. */
    private static final int[] FAULTS = {4, 5, 7, 8, 11};

    private final Thread thread;
    private volatile @Nullable Throwable failure;

    private TransferThread(String name, boolean inKernel, Runnable work) {
        this.thread = new Thread(
                () -> {
                    try {
                        if (inKernel) {
                            holdBackSignals();
                        }
                        work.run();
                    } catch (Throwable e) {
                        failure = e;
                    }
                },
                name);
        thread.setDaemon(true);
    }

    /** Starts the side that is in the kernel with ZFS; nothing interrupts it. */
    public static TransferThread startInKernel(String name, Runnable work) {
        return started(new TransferThread(name, true, work));
    }

    /** Starts the side that moves bytes. Does not block signals: one of them interrupts a channel's read. */
    public static TransferThread start(String name, Runnable work) {
        return started(new TransferThread(name, false, work));
    }

    private static TransferThread started(TransferThread made) {
        made.thread.start();
        return made;
    }

    private static void holdBackSignals() {
        try (Scope scope = new Scope()) {
            Pointer set = scope.zeros(LibC.SIGSET_SIZE);
            long all = -1L;
            for (int fault : FAULTS) {
                all &= ~(1L << (fault - 1));
            }
            set.putLong(0, all);
            Library.c().pthread_sigmask(LibC.SIG_SETMASK, set, null);
        }
    }

    /** Interrupts its Java code, but no C call. */
    public void interrupt() {
        thread.interrupt();
    }

    /** Waits for its end. */
    public void join() throws InterruptedException {
        thread.join();
    }

    /** Returns whether it has ended. */
    public boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Returns the exception or error that it failed with; {@code null} if it has not failed. */
    public @Nullable Throwable failure() {
        return failure;
    }
}
