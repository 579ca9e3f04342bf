package dev.firstboot.zfs.poolimage.block;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Flushes a file to the disk in the background, while more is written. Not thread-safe. */
final class Flush implements AutoCloseable {
    /** How many bytes are worth a call. */
    private static final long STEP = 32L << 20;

    private final FileChannel channel;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread flusher = new Thread(work, "pool image flush");
        flusher.setDaemon(true);
        return flusher;
    });
    private Future<?> last = CompletableFuture.completedFuture(null);
    private long bytes;

    Flush(FileChannel channel) {
        this.channel = channel;
    }

    /** Counts more bytes, and starts a flush if there are enough. */
    void written(long count) throws IOException {
        bytes += count;
        if (bytes >= STEP && last.isDone()) {
            await();
            bytes = 0;
            last = thread.submit(() -> {
                channel.force(false);
                return null;
            });
        }
    }

    /** Waits until the last flush is done. The kernel reports a disk's error only once, so it must not be lost here. */
    void await() throws IOException {
        try {
            last.get();
        } catch (ExecutionException e) {
            throw new IOException("writing to the disk failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while writing to the disk", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
    }
}
