package dev.firstboot.zfs.poolimage;

/** A number of bytes, never negative. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    /** Creates a size; refuses a negative number with {@link IllegalArgumentException}. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size cannot be " + bytes + " bytes");
        }
    }

    /** Returns a size in bytes. */
    public static ByteSize bytes(long bytes) {
        return new ByteSize(bytes);
    }

    /** Returns a size in units of 1024 bytes. */
    public static ByteSize kibibytes(long kibibytes) {
        return new ByteSize(Math.multiplyExact(kibibytes, 1L << 10));
    }

    /** Returns a size in units of 1024 KiB. */
    public static ByteSize mebibytes(long mebibytes) {
        return new ByteSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    /** Returns a size in units of 1024 MiB. */
    public static ByteSize gibibytes(long gibibytes) {
        return new ByteSize(Math.multiplyExact(gibibytes, 1L << 30));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        for (int shift = 40; shift > 0; shift -= 10) {
            if (bytes != 0 && bytes % (1L << shift) == 0) {
                return (bytes >> shift) + " " + "KMGT".charAt(shift / 10 - 1) + "iB";
            }
        }
        return bytes + " bytes";
    }
}
