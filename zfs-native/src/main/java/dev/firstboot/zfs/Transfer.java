package dev.firstboot.zfs;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.TransferCancelledException;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.Pipe;
import dev.firstboot.zfs.internal.ffi.TransferThread;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A running send or receive, to await, watch or cancel. Always close it. Two threads work on it: one is in ZFS, the other moves bytes between a pipe and the
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

    /** Checks a rate limit, in bytes per second: it must be positive. */
    static long checkedRate(long bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("a rate is more than 0 bytes a second: " + bytesPerSecond);
        }
        return bytesPerSecond;
    }

    Pipe pipe() {
        return pipe;
    }

    /** Starts both threads. Each closes its end of the pipe when it ends, so that the other ends too. */
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

    /** Cleans up if a thread could not be started: closes what that thread would have closed, so that the other thread ends. */
    private void abandon(Runnable zfsDone, Runnable movingDone) {
        cancelled = true;
        zfsDone.run();
        if (pump == null) {
            movingDone.run();
        }
    }

    /** Runs the pump and keeps its failure, unless the other side caused it. A failure that is kept is also the reason why ZFS fails. */
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

    /** Counts bytes that were moved, and waits if that exceeds the rate limit. */
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

    /** Tells the pump that ZFS is done, and wakes it: it may still wait in a channel for bytes after the stream. */
    void zfsIsDone() {
        finished = true;
        TransferThread moving = pump;
        if (moving != null) {
            moving.interrupt();
        }
    }

    /** Returns whether the pump must stop. */
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
     * @throws ZfsCallException if it failed in ZFS. Any other failure of its threads is thrown unchanged, also an {@link Error}
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

    /**
     * Throws the failure that explains most: if one side fails, the other fails too, often only with a broken pipe. Once ZFS has received a whole stream,
     * ignores what the pump met after it.
     */
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
            // A caller that wants to know how it ended calls await().
        }
    }
}
