package dev.firstboot.zfs.poolimage.block;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends what was written to a file on its way to the disk, while more is written. Not thread-safe. */
final class Flush implements AutoCloseable {
    /** Bytes that are worth a call. */
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

    /** Tells of more bytes. */
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

    /** Waits until the last flush is done; the kernel tells of a disk's error once, so it must not get lost here. */
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
