package dev.firstboot.image;

import java.util.Locale;

/**
 * A number of bytes.
 *
 * @param bytes the number, not negative
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("size " + bytes + " is negative");
        }
    }

    public static ByteSize bytes(long n) {
        return new ByteSize(n);
    }

    public static ByteSize kibibytes(long n) {
        return of(n, 10, "KiB");
    }

    public static ByteSize mebibytes(long n) {
        return of(n, 20, "MiB");
    }

    public static ByteSize gibibytes(long n) {
        return of(n, 30, "GiB");
    }

    private static ByteSize of(long number, int shift, String unit) {
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("size " + number + " " + unit + " is more than 8 EiB");
        }
        if (number < 0) {
            throw new IllegalArgumentException("size " + number + " " + unit + " is negative");
        }
        return new ByteSize(number << shift);
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** Returns three digits and a unit, such as {@code 8 GiB} or {@code 1.25 MiB}. */
    @Override
    public String toString() {
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String digits = value == Math.rint(value)
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
        return digits + " " + UNITS[unit];
    }
}
