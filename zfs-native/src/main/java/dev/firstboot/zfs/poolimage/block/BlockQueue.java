package dev.firstboot.zfs.poolimage.block;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Compresses blocks in parallel. What follows, such as allocating space for a block, runs on the thread that adds the blocks, in the order in which they were
 * added. So the number of threads changes only the time, not the image. Not thread-safe.
 */
public final class BlockQueue implements AutoCloseable {
    /** The most bytes that may wait. */
    private static final long LIMIT = 16L << 20;

    /** About how many bytes of memory an action takes, or a block besides its own bytes. */
    private static final long OF_ACTION = 1L << 10;

    private final Compressors compressors = new Compressors();
    private final Buffers buffers = new Buffers();
    private final ExecutorService workers;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;

    private record Waiting(long bytes, Action action) {}

    /** An action with a prepared block. */
    @FunctionalInterface
    interface Then {
        void accept(PreparedBlock block) throws IOException;
    }

    /** An action that runs after all blocks that were added before it. */
    @FunctionalInterface
    public interface Action {
        /** Runs the action. */
        void run() throws IOException;
    }

    /** Creates a queue with its own {@code threads} threads. */
    public BlockQueue(int threads) {
        workers = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "pool image compression");
            thread.setDaemon(true);
            return thread;
        });
    }

    void add(long size, Callable<PreparedBlock> prepare, Then then) throws IOException {
        Future<PreparedBlock> block = workers.submit(prepare);
        add(size + OF_ACTION, () -> then.accept(result(block)));
    }

    private void add(long size, Action action) throws IOException {
        waiting.add(new Waiting(size, action));
        bytes += size;
        while (bytes > LIMIT) {
            finishFirst();
        }
    }

    /** Runs an action after all blocks that were added before it. */
    public void then(Action action) throws IOException {
        if (waiting.isEmpty()) {
            action.run();
        } else {
            add(OF_ACTION, action);
        }
    }

    /** Waits until everything that was added is done. */
    public void drain() throws IOException {
        while (!waiting.isEmpty()) {
            finishFirst();
        }
    }

    private void finishFirst() throws IOException {
        Waiting first = waiting.remove();
        bytes -= first.bytes();
        first.action().run();
    }

    private static PreparedBlock result(Future<PreparedBlock> block) throws IOException {
        try {
            return block.get();
        } catch (ExecutionException e) {
            throw new IOException("compressing a block failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while compressing", e);
        }
    }

    /** Returns the compressors for these threads, and for the one that adds blocks. */
    Compressors compressors() {
        return compressors;
    }

    /** Returns the arrays for blocks. */
    public Buffers buffers() {
        return buffers;
    }

    /** Ends the threads and drops what still waits. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            // No thread needs long for its block, and none may still use memory that is freed.
            if (workers.awaitTermination(1, TimeUnit.MINUTES)) {
                compressors.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
