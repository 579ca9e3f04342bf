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
        return of(kibibytes, 10, "kibibytes");
    }

    /** Returns a size in units of 1024 KiB. */
    public static ByteSize mebibytes(long mebibytes) {
        return of(mebibytes, 20, "mebibytes");
    }

    /** Returns a size in units of 1024 MiB. */
    public static ByteSize gibibytes(long gibibytes) {
        return of(gibibytes, 30, "gibibytes");
    }

    private static ByteSize of(long number, int shift, String unit) {
        if (number < 0) {
            throw new IllegalArgumentException("a size cannot be " + number + " " + unit);
        }
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("a size of " + number + " " + unit + " is more than 2^63-1 bytes");
        }
        return new ByteSize(number << shift);
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
