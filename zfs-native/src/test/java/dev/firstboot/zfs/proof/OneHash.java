package dev.firstboot.zfs.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * Names that have the same hash in every ZAP. The hash is the highest 28 bits of a CRC-64 which starts with the table's salt. A CRC is linear: which of its
 * bits another letter changes depends on the letter's place alone, so letters are changed together whose changes cancel out.
 */
public final class OneHash {
    /** {@code ZFS_CRC64_POLY}. */
    private static final long POLYNOMIAL = 0xC96C5795D7870F42L;

    private static final int HASH_BITS = 28;
    private static final int LENGTH = Long.SIZE;
    private static final char FIRST = 'a';
    private static final char OTHER = 'c';

    private OneHash() {}

    /** So many names of 64 letters. */
    public static List<String> names(int count) {
        List<Long> free = changesWithoutEffect();
        List<String> names = new ArrayList<>();
        for (int choice = 0; choice < count; choice++) {
            long changed = 0;
            for (int i = 0; i < free.size(); i++) {
                changed ^= (choice >>> i & 1) == 0 ? 0L : free.get(i);
            }
            names.add(name(changed));
        }
        return names;
    }

    private static String name(long changed) {
        StringBuilder name = new StringBuilder();
        for (int place = 0; place < LENGTH; place++) {
            name.append((changed >>> place & 1) == 0 ? FIRST : OTHER);
        }
        return name.toString();
    }

    /** Sets of places, as bits, whose letters can be changed without changing the hash: by Gaussian elimination. */
    private static List<Long> changesWithoutEffect() {
        long[] effects = new long[HASH_BITS];
        long[] places = new long[HASH_BITS];
        List<Long> without = new ArrayList<>();
        for (int place = 0; place < LENGTH; place++) {
            long effect = effect(place);
            long set = 1L << place;
            for (int bit = 0; bit < HASH_BITS && effect != 0; bit++) {
                if ((effect >>> bit & 1) == 0) {
                    continue;
                }
                if (effects[bit] == 0) {
                    effects[bit] = effect;
                    places[bit] = set;
                    set = 0;
                    break;
                }
                effect ^= effects[bit];
                set ^= places[bit];
            }
            if (set != 0) {
                without.add(set);
            }
        }
        return without;
    }

    /** Bits of the hash that change with the letter at {@code place}. */
    private static long effect(int place) {
        long crc = 0;
        for (int at = 0; at < LENGTH; at++) {
            crc ^= at == place ? FIRST ^ OTHER : 0;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc >>> 1) ^ (-(crc & 1) & POLYNOMIAL);
            }
        }
        return crc >>> (Long.SIZE - HASH_BITS);
    }
}
