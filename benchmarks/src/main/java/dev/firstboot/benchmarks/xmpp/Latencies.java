package dev.firstboot.benchmarks.xmpp;

import java.util.Arrays;

/** How long messages took, in nanoseconds. Thread-safe. */
final class Latencies {
    private static final int MOST = 1 << 20;

    private final long[] nanos = new long[MOST];
    private int count;

    synchronized void add(long took) {
        if (count < MOST) {
            nanos[count++] = took;
        }
    }

    synchronized void clear() {
        count = 0;
    }

    synchronized int count() {
        return count;
    }

    /** The latency that this share of messages did not exceed, in milliseconds; NaN if there was none. */
    synchronized double millis(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(count - 1L, (long) Math.ceil(count * share) - 1)] / 1e6;
    }
}
