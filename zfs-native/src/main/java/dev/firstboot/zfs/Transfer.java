package dev.firstboot.zfs;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.TransferCancelledException;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.Pipe;
import dev.firstboot.zfs.internal.ffi.TransferThread;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A running send or receive, to await, watch or cancel. Close it in any case. Two threads work on it: one is in ZFS, the other moves bytes between a pipe and the
 * endpoint. Thread-safe.
 */
public final class Transfer implements AutoCloseable {
    /** The rate of a transfer that has no limit. */
    static final long UNLIMITED = 0;

    private final Pipe pipe;
    private final AtomicLong bytes = new AtomicLong();
    private final long start = System.nanoTime();
    private final long bytesPerSecond;
    private volatile boolean cancelled;
    private volatile boolean finished;
    private volatile @Nullable Throwable cause;
    private volatile @Nullable TransferThread zfs;
    private volatile @Nullable TransferThread pump;

    Transfer(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
        this.pipe = Pipe.open();
    }

    /** Checks what a rate is limited to, in bytes a second. */
    static long checkedRate(long bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("a rate is more than 0 bytes a second: " + bytesPerSecond);
        }
        return bytesPerSecond;
    }

    Pipe pipe() {
        return pipe;
    }

    /** Starts both threads. Each closes its end of the pipe when it has ended, so that the other ends too. */
    Transfer start(String name, Runnable inZfs, Runnable zfsDone, Runnable moving, Runnable movingDone) {
        try {
            pump = TransferThread.start("pump " + name, () -> runThen(() -> noting(moving), movingDone));
            zfs = TransferThread.startInKernel("zfs " + name, () -> runThen(inZfs, zfsDone));
        } catch (Throwable e) {
            abandon(zfsDone, movingDone);
            throw e;
        }
        return this;
    }

    /** Where there was no thread to be had for one side: what it would have closed is closed, so that the other ends. */
    private void abandon(Runnable zfsDone, Runnable movingDone) {
        cancelled = true;
        zfsDone.run();
        if (pump == null) {
            movingDone.run();
        }
    }

    /** Keeps what the pump failed with, if it failed of itself: then it is why ZFS fails, too. */
    private void noting(Runnable moving) {
        try {
            moving.run();
        } catch (Throwable e) {
            if (!finished && !isBrokenPipe(e)) {
                cause = e;
            }
            throw e;
        }
    }

    private static void runThen(Runnable work, Runnable last) {
        try {
            work.run();
        } finally {
            last.run();
        }
    }

    /** Counts bytes that were moved, and waits where that was faster than it may be. */
    void moved(long count) {
        long total = bytes.addAndGet(count);
        if (bytesPerSecond != UNLIMITED) {
            double due = (double) total / bytesPerSecond;
            double spent = (System.nanoTime() - start) / 1e9;
            pause((long) ((due - spent) * 1000));
        }
    }

    private void pause(long millis) {
        if (millis > 0 && !cancelled) {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The pump has nothing more to do, though it may wait in a channel for what comes after the stream. */
    void zfsIsDone() {
        finished = true;
        TransferThread moving = pump;
        if (moving != null) {
            moving.interrupt();
        }
    }

    /** Whether the pump is to stop. */
    boolean isCancelled() {
        return cancelled || finished;
    }

    /** Returns how many bytes of the stream have been moved so far. */
    public long bytes() {
        return bytes.get();
    }

    /** Returns whether it has ended, with or without an error. */
    public boolean isDone() {
        TransferThread first = zfs;
        TransferThread second = pump;
        return first != null && second != null && first.hasEnded() && second.hasEnded();
    }

    /** Cancels the transfer and returns at once. {@link #await()} throws {@link TransferCancelledException} once both threads have ended. */
    public void cancel() {
        if (!isDone()) {
            cancelled = true;
            TransferThread moving = pump;
            if (moving != null) {
                moving.interrupt();
            }
        }
    }

    /**
     * Waits for the end.
     *
     * @return the number of bytes of the stream
     * @throws ZfsCallException if it failed in ZFS. Another failure of one of its threads is thrown as it is, an {@link Error} too
     * @throws TransferCancelledException if it was cancelled. An interrupt of the waiting thread cancels it
     */
    public long await() {
        TransferThread first = zfs;
        TransferThread second = pump;
        if (first == null || second == null) {
            throw new IllegalStateException("not started");
        }
        boolean interrupted = false;
        while (true) {
            try {
                first.join();
                second.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
                cancel();
            }
        }
        pipe.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (cancelled) {
            throw new TransferCancelledException(bytes());
        }
        fail(first.failure(), second.failure());
        return bytes();
    }

    /** Where one side fails, the other fails as well, with less to tell. What ZFS has received whole is received, whatever the pump met behind it. */
    private void fail(@Nullable Throwable inZfs, @Nullable Throwable inPump) {
        Throwable why = cause;
        if (inZfs == null) {
            thrown(finished ? null : inPump);
        } else {
            thrown(why != null && (finished || isBrokenPipe(inZfs)) ? why : inZfs);
        }
    }

    private static void thrown(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw failure instanceof RuntimeException exception ? exception : new IllegalStateException(failure);
        }
    }

    private static boolean isBrokenPipe(Throwable failure) {
        return failure instanceof ZfsCallException call
                && (call.errno().equals(Errno.EPIPE) || call.errno().equals(Errno.EINTR));
    }

    /** Cancels the transfer unless it has ended, and waits for its threads. Throws nothing: call {@link #await()} to learn how it ended. */
    @Override
    public void close() {
        cancel();
        try {
            await();
        } catch (RuntimeException | Error e) {
            // Whoever wanted to know has awaited it.
        }
    }
}
