package dev.firstboot.zfs.nvlist;

/** The bytes that a pair takes as a C structure: in native encoding the size itself, in XDR told beside it. */
final class PairSize {
    private static final int ALIGNMENT = 8;

    private PairSize() {}

    /** What {@code nvp_size} says. */
    static int of(int nameLength, long valueSize) {
        long size = valueOffset(nameLength) + aligned(valueSize);
        if (size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a value of " + valueSize + " bytes is too large for a list");
        }
        return (int) size;
    }

    /** Where the value starts, behind the header, the name and its NUL. */
    static long valueOffset(int nameLength) {
        return aligned(NvPair.HEADER + nameLength + 1L);
    }

    /** Bytes of one string in an array of strings: its pointer, itself and its NUL. */
    static long ofElement(int length) {
        return Long.BYTES + length + 1L;
    }

    static long aligned(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
