package dev.firstboot.zfs.poolimage.zap;

import java.util.Arrays;

/** One name and its value, which is an array of integers of one, two, four or eight bytes. Immutable. */
final class ZapEntry {
    /** The bytes of a name or value in one chunk of a leaf: {@code ZAP_LEAF_ARRAY_BYTES}. */
    static final int CHUNK_BYTES = 21;

    /** {@code MZAP_NAME_LEN}, final zero included. */
    private static final int MICRO_NAME = 50;

    private final long hash;
    private final int differentiator;
    private final byte[] name;
    private final int integerSize;
    private final long[] values;

    ZapEntry(long hash, int differentiator, byte[] name, int integerSize, long[] values) {
        this.hash = hash;
        this.differentiator = differentiator;
        this.name = name;
        this.integerSize = integerSize;
        this.values = values;
    }

    /** Returns this entry with a number that distinguishes it from others with the same hash: the collision differentiator, {@code cd}. */
    ZapEntry withDifferentiator(int number) {
        return new ZapEntry(hash, number, name, integerSize, values);
    }

    /** Returns the hash of the name, with the salt of the ZAP. */
    long hash() {
        return hash;
    }

    int differentiator() {
        return differentiator;
    }

    /** Returns the name without its final zero byte. */
    byte[] name() {
        return name;
    }

    int integerSize() {
        return integerSize;
    }

    long[] values() {
        return values;
    }

    boolean fitsMicro() {
        return name.length < MICRO_NAME && integerSize == Long.BYTES && values.length == 1;
    }

    /** Returns how many chunks of a leaf the entry takes: for itself, for its name with the final zero, and for its value. */
    int chunks() {
        return 1 + chunksFor(name.length + 1) + chunksFor(integerSize * values.length);
    }

    private static int chunksFor(int bytes) {
        return (bytes + CHUNK_BYTES - 1) / CHUNK_BYTES;
    }

    /** Returns the value as a fat ZAP stores it: integers big-endian. */
    byte[] valueBytes() {
        byte[] bytes = new byte[integerSize * values.length];
        for (int i = 0; i < values.length; i++) {
            for (int b = 0; b < integerSize; b++) {
                bytes[i * integerSize + b] = (byte) (values[i] >>> (8 * (integerSize - 1 - b)));
            }
        }
        return bytes;
    }

    /** Returns the name as a fat ZAP stores it: with a final zero. */
    byte[] nameBytes() {
        return Arrays.copyOf(name, name.length + 1);
    }
}
