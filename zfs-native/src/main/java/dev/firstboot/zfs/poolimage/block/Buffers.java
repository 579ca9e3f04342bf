package dev.firstboot.zfs.poolimage.block;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Arrays as large as the records of files, which wait to be used again: the JVM clears a new one, which costs more than to fill it. Thread-safe.
 */
public final class Buffers {
    /** Smaller arrays are made anew each time. */
    private static final int SMALLEST = 16 << 10;

    /** Bytes that may wait. */
    private static final long LIMIT = 16L << 20;

    private final Map<Integer, Deque<byte[]>> idle = new HashMap<>();
    private long bytes;

    Buffers() {}

    /** An array of so many bytes, which may be anything. */
    public synchronized byte[] take(int size) {
        byte[] waiting = isRecord(size) ? idle(size).poll() : null;
        if (waiting == null) {
            return new byte[size];
        }
        bytes -= size;
        return waiting;
    }

    /** Takes an array that nobody uses any more, wherever it came from. */
    public synchronized void giveBack(byte[] buffer) {
        if (isRecord(buffer.length) && bytes + buffer.length <= LIMIT) {
            bytes += buffer.length;
            idle(buffer.length).push(buffer);
        }
    }

    /** The records of a file are a power of two, if there are several; the only one of a small file is of any size. */
    private static boolean isRecord(int size) {
        return size >= SMALLEST && Integer.bitCount(size) == 1;
    }

    private Deque<byte[]> idle(int size) {
        return idle.computeIfAbsent(size, unknown -> new ArrayDeque<>());
    }
}
