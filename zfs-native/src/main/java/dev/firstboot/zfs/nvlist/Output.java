package dev.firstboot.zfs.nvlist;

import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes to an array that grows, in one byte order. */
final class Output {
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private final boolean bigEndian;
    private byte[] array;
    private int at;

    /** @param capacity how many bytes are expected */
    Output(ByteOrder order, int capacity) {
        bigEndian = order == ByteOrder.BIG_ENDIAN;
        array = new byte[capacity];
    }

    int position() {
        return at;
    }

    /** Returns what was written; nothing can be written afterwards. */
    byte[] toBytes() {
        return at < array.length ? Arrays.copyOf(array, at) : array;
    }

    /** Makes room for this many bytes and moves past them; returns where they start in the array. */
    private int take(long bytes) {
        int from = at;
        long end = from + bytes;
        if (end > array.length) {
            grow(end);
        }
        at = (int) end;
        return from;
    }

    private void grow(long needed) {
        if (needed > LARGEST) {
            throw new IllegalArgumentException("the packed list would take 2 GiB or more");
        }
        array = Arrays.copyOf(array, (int) Math.min(LARGEST, Math.max(needed, 2L * array.length)));
    }

    void int8(int value) {
        int from = take(1);
        array[from] = (byte) value;
    }

    void int16(int value) {
        patch16(take(Short.BYTES), value);
    }

    void int32(int value) {
        patch(take(Integer.BYTES), value);
    }

    void int64(long value) {
        int from = take(Long.BYTES);
        ByteViews.LONGS.set(array, from, bigEndian ? Long.reverseBytes(value) : value);
    }

    /** Writes the lowest {@code width} bytes of a number. */
    void number(int width, long bits) {
        switch (width) {
            case 1 -> int8((int) bits);
            case 2 -> int16((int) bits);
            case 4 -> int32((int) bits);
            default -> int64(bits);
        }
    }

    void bytes(byte[] bytes) {
        int from = take(bytes.length);
        System.arraycopy(bytes, 0, array, from, bytes.length);
    }

    /**
     * Writes a C string without the NUL at its end.
     *
     * @throws IllegalArgumentException if it cannot be encoded
     */
    void text(String text) {
        int length = text.length();
        int from = take(length);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0 || c >= 0x80) {
                at = from;
                bytes(CStrings.encode(text));
                return;
            }
            array[from + i] = (byte) c;
        }
    }

    void zeros(long count) {
        take(count); // new arrays hold zeros, and nothing is ever taken back
    }

    /** Writes zeros up to a multiple of {@code unit} bytes, a power of two, from {@code start} on. */
    void align(int start, int unit) {
        zeros((start - at) & (unit - 1));
    }

    void patch(int from, int value) {
        ByteViews.INTS.set(array, from, bigEndian ? Integer.reverseBytes(value) : value);
    }

    void patch16(int from, int value) {
        ByteViews.SHORTS.set(array, from, (short) (bigEndian ? Short.reverseBytes((short) value) : value));
    }
}
