package dev.firstboot.zfs.nvlist;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A buffer that grows, in one byte order. */
final class Output {
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private ByteBuffer buffer;

    Output(ByteOrder order) {
        buffer = ByteBuffer.allocate(2048).order(order);
    }

    int position() {
        return buffer.position();
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private ByteBuffer room(long bytes) {
        if (bytes > buffer.remaining()) {
            long needed = buffer.position() + bytes;
            if (needed > LARGEST) {
                throw new IllegalArgumentException("the packed list would take 2 GiB or more");
            }
            int capacity = (int) Math.min(LARGEST, Math.max(needed, 2L * buffer.capacity()));
            buffer = ByteBuffer.allocate(capacity).order(buffer.order()).put(buffer.flip());
        }
        return buffer;
    }

    void int8(int value) {
        room(1).put((byte) value);
    }

    void int16(int value) {
        room(Short.BYTES).putShort((short) value);
    }

    void int32(int value) {
        room(Integer.BYTES).putInt(value);
    }

    void int64(long value) {
        room(Long.BYTES).putLong(value);
    }

    /** The lowest {@code width} bytes of a number. */
    void number(int width, long bits) {
        switch (width) {
            case 1 -> int8((int) bits);
            case 2 -> int16((int) bits);
            case 4 -> int32((int) bits);
            default -> int64(bits);
        }
    }

    void bytes(byte[] bytes) {
        room(bytes.length).put(bytes);
    }

    /**
     * A string of C without the NUL at its end.
     *
     * @throws IllegalArgumentException if it cannot be encoded
     */
    void text(String text) {
        int length = text.length();
        byte[] array = room(length).array();
        int start = buffer.position();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == 0 || c >= 0x80) {
                bytes(CStrings.encode(text));
                return;
            }
            array[start + i] = (byte) c;
        }
        buffer.position(start + length);
    }

    void zeros(long count) {
        room(count);
        buffer.position(buffer.position() + (int) count); // new buffers hold zeros, and nothing is ever taken back
    }

    /** Zeros up to a multiple of {@code unit} bytes from {@code start} on. */
    void align(int start, int unit) {
        zeros(Math.floorMod(start - position(), unit));
    }

    void patch(int at, int value) {
        buffer.putInt(at, value);
    }

    void patch16(int at, int value) {
        buffer.putShort(at, (short) value);
    }
}
