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
 * Compresses blocks on all processors, and does what follows from each, such as giving it a place, on the thread that adds them,
 * in the order in which they were added. So the number of processors changes nothing but the time that it takes. Not thread-safe.
 */
public final class BlockQueue implements AutoCloseable {
    /** Bytes that may wait. */
    private static final long LIMIT = 16L << 20;

    /** About what an action, or a block beside its bytes, holds in memory. */
    private static final long OF_ACTION = 1L << 10;

    private final Compressors compressors = new Compressors();
    private final Buffers buffers = new Buffers();
    private final ExecutorService workers;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;

    private record Waiting(long bytes, Action action) {}

    /** What is done with a block that is prepared. */
    @FunctionalInterface
    interface Then {
        void accept(PreparedBlock block) throws IOException;
    }

    /** What is done when all blocks added before have been dealt with. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws IOException;
    }

    /** A queue with {@code threads} threads of its own. */
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

    /** Does something after all blocks added before. */
    public void then(Action action) throws IOException {
        if (waiting.isEmpty()) {
            action.run();
        } else {
            add(OF_ACTION, action);
        }
    }

    /** Waits until everything added is done. */
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

    /** What compresses on these threads, and on the one that adds. */
    Compressors compressors() {
        return compressors;
    }

    /** Arrays for blocks. */
    public Buffers buffers() {
        return buffers;
    }

    /** Ends the threads; what still waits is dropped. */
    @Override
    public void close() {
        workers.shutdownNow();
        try {
            // None is in the middle of a block for long, and none may be in memory that is given back.
            if (workers.awaitTermination(1, TimeUnit.MINUTES)) {
                compressors.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
