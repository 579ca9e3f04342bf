package dev.firstboot.zfs;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.TransferCancelledException;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.Pipe;
import dev.firstboot.zfs.internal.ffi.TransferThread;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A stream being sent or received. Two threads work at it: one is in the kernel with ZFS, the other moves bytes between a pipe and the file or channel.
 * Thread-safe.
 */
public final class Transfer implements AutoCloseable {
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
        if (bytesPerSecond > 0) {
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

    /** Bytes of the stream moved so far. */
    public long bytes() {
        return bytes.get();
    }

    /** Whether it has ended, well or not. */
    public boolean isDone() {
        TransferThread first = zfs;
        TransferThread second = pump;
        return first != null && second != null && first.hasEnded() && second.hasEnded();
    }

    /** Ends it before its time. {@link #await()} then throws {@link TransferCancelledException}, once both threads have ended. */
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
     * Waits for its end.
     *
     * @return the bytes of the stream
     * @throws ZfsCallException if it failed in ZFS; whatever else one of its threads failed with, an {@link Error} too, is thrown as it is
     * @throws TransferCancelledException if it was cancelled, or the waiting thread was interrupted, which cancels it
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

    /** Cancels it if it has not ended, and waits for its threads. Throws nothing: whoever wants to know how it ended calls {@link #await()}. */
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
