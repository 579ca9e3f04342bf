package dev.firstboot.zfs.poolimage.block;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Reuses arrays of the size of file records: the JVM clears a new array, which costs more than filling it. Thread-safe. */
public final class Buffers {
    /** Smaller arrays are not reused. */
    private static final int SMALLEST = 16 << 10;

    /** The most bytes of unused arrays. */
    private static final long LIMIT = 16L << 20;

    private final Map<Integer, Deque<byte[]>> idle = new HashMap<>();
    private long bytes;

    Buffers() {}

    /** Returns an array of this size, with any contents. */
    public synchronized byte[] take(int size) {
        byte[] waiting = isRecord(size) ? idle(size).poll() : null;
        if (waiting == null) {
            return new byte[size];
        }
        bytes -= size;
        return waiting;
    }

    /** Takes back an array that is no longer used, wherever it came from. */
    public synchronized void giveBack(byte[] buffer) {
        if (isRecord(buffer.length) && bytes + buffer.length <= LIMIT) {
            bytes += buffer.length;
            idle(buffer.length).push(buffer);
        }
    }

    /** Returns whether this may be the size of a record. Records are a power of two, except the only record of a small file. */
    private static boolean isRecord(int size) {
        return size >= SMALLEST && Integer.bitCount(size) == 1;
    }

    private Deque<byte[]> idle(int size) {
        return idle.computeIfAbsent(size, unknown -> new ArrayDeque<>());
    }
}
