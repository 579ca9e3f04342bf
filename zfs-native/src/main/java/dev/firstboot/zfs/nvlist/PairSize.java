package dev.firstboot.zfs.nvlist;

/** Computes the size of a pair as a C structure: in the native encoding its packed size, in XDR a second size next to the packed size. */
final class PairSize {
    private static final int ALIGNMENT = 8;

    private PairSize() {}

    /** Returns {@code nvp_size}. */
    static int of(int nameLength, long valueSize) {
        long size = valueOffset(nameLength) + aligned(valueSize);
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a value of " + valueSize + " bytes is too large for a list");
        }
        return (int) size;
    }

    /** Returns where the value starts, after the header, the name and its NUL. */
    static long valueOffset(int nameLength) {
        return aligned(NvPair.HEADER + nameLength + 1L);
    }

    /** Returns the size of one string in an array of strings: its pointer, its bytes and its NUL. */
    static long ofElement(int length) {
        return Long.BYTES + length + 1L;
    }

    static long aligned(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
