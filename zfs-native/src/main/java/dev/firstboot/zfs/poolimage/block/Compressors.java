package dev.firstboot.zfs.poolimage.block;

import dev.firstboot.zfs.poolimage.format.BlockCompression;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Reuses compressors. Thread-safe. */
final class Compressors implements AutoCloseable {
    private final Map<BlockCompression, Deque<Lent>> idle = new HashMap<>();

    /** A compressor for one thread, until it is closed. */
    final class Lent implements AutoCloseable {
        private final BlockCompression kind;
        private final Compressor compressor;

        private Lent(BlockCompression kind, Compressor compressor) {
            this.kind = kind;
            this.compressor = compressor;
        }

        /** {@link Compressor#compress}. */
        int compress(byte[] source, int length, byte[] target, int limit) {
            return compressor.compress(source, length, target, limit);
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }

    /** Lends a compressor; creates one if none is free. */
    synchronized Lent lend(BlockCompression kind) {
        Lent waiting = idle(kind).poll();
        return waiting == null ? new Lent(kind, kind.isZstd() ? new Zstd(kind.level()) : new Lz4()) : waiting;
    }

    private synchronized void giveBack(Lent lent) {
        idle(lent.kind).push(lent);
    }

    private Deque<Lent> idle(BlockCompression kind) {
        return idle.computeIfAbsent(kind, unknown -> new ArrayDeque<>());
    }

    /** Closes the compressors that are not lent; these are all, once every thread has ended. */
    @Override
    public synchronized void close() {
        idle.values().forEach(waiting -> waiting.forEach(lent -> lent.compressor.close()));
        idle.clear();
    }
}
