package dev.firstboot.zfs.poolimage.zap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The entries of a ZAP, sorted by hash; those with the same hash in the order in which they were added. Each takes 12 bytes until it is requested. Immutable.
 */
final class SortedEntries {
    /** The bits of a key after the hash: the place of the entry. */
    private static final int PLACE_BITS = Long.SIZE - 1 - ZapHash.BITS;

    private final IntFunction<ZapEntry> entries;
    private final long[] keys;

    /** For each entry, the chunks of all entries before it. */
    private final int[] chunks;

    private boolean allFitMicro = true;

    private SortedEntries(IntFunction<ZapEntry> entries, long... keys) {
        this.entries = entries;
        this.keys = keys;
        Arrays.sort(keys);
        chunks = new int[keys.length + 1];
        for (int i = 0; i < keys.length; i++) {
            ZapEntry entry = entry(i);
            chunks[i + 1] = Math.addExact(chunks[i], entry.chunks());
            allFitMicro &= entry.fitsMicro();
        }
    }

    static SortedEntries of(List<ZapEntry> entries) {
        long[] keys = new long[entries.size()];
        Arrays.setAll(keys, place -> key(entries.get(place).hash(), place));
        return new SortedEntries(entries::get, keys);
    }

    static SortedEntries of(NameTable names, long salt) {
        long[] keys = new long[names.size()];
        int[] count = new int[1];
        names.forEachPlace(place -> keys[count[0]++] = key(ZapHash.of(salt, names.name(place)), place));
        return new SortedEntries(
                place -> {
                    byte[] name = names.name(place);
                    return new ZapEntry(ZapHash.of(salt, name), 0, name, Long.BYTES, new long[] {names.number(place)});
                },
                keys);
    }

    private static long key(long hash, int place) {
        return hash >>> (Long.SIZE - ZapHash.BITS) << PLACE_BITS | place;
    }

    private ZapEntry entry(int index) {
        return entries.apply((int) (keys[index] & ((1L << PLACE_BITS) - 1)));
    }

    int size() {
        return keys.length;
    }

    /** Returns whether all entries have one number and a short name. */
    boolean fitMicro() {
        return allFitMicro;
    }

    private long hash(int index) {
        return keys[index] >>> PLACE_BITS << (Long.SIZE - ZapHash.BITS);
    }

    /**
     * Returns the first entry from {@code from} to {@code to} whose hash has this bit, counted from the highest; {@code to} if there is none. Their higher bits
     * must be the same.
     */
    int firstWith(int bit, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if ((hash(middle) >>> (Long.SIZE - 1 - bit) & 1) == 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns how many chunks of a leaf these entries take. */
    int chunks(int from, int to) {
        return chunks[to] - chunks[from];
    }

    /** Returns these entries, with those of the same hash numbered. No entry before them may have the hash of the first one. */
    List<ZapEntry> entries(int from, int to) {
        List<ZapEntry> part = new ArrayList<>(to - from);
        int sameHash = 0;
        for (int i = from; i < to; i++) {
            sameHash = i > from && hash(i) == hash(i - 1) ? sameHash + 1 : 0;
            part.add(entry(i).withDifferentiator(sameHash));
        }
        return part;
    }
}
