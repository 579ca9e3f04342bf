package dev.firstboot.zfs.nvlist;

import java.util.Arrays;

/** The pairs of lists that are not complete yet. Not thread-safe. */
final class PairStack {
    private NvPair[] pairs = new NvPair[16];
    private int size;

    int size() {
        return size;
    }

    void add(NvPair pair) {
        if (size == pairs.length) {
            pairs = Arrays.copyOf(pairs, 2 * size);
        }
        pairs[size++] = pair;
    }

    /** Removes the pairs from {@code first} on and returns them. */
    NvPair[] from(int first) {
        NvPair[] taken = Arrays.copyOfRange(pairs, first, size);
        size = first;
        return taken;
    }
}
