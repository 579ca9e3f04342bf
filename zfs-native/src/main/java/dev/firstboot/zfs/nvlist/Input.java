package dev.firstboot.zfs.nvlist;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads a packed list from its start and never beyond its limit. */
final class Input {
    private final byte[] array;
    private final int start;
    private int at;
    private int end;
    private boolean bigEndian;
    private final RecentStrings strings = new RecentStrings();

    /** @param packed starts with the list; its position stays */
    Input(ByteBuffer packed) {
        ByteBuffer buffer = packed.hasArray() ? packed : copy(packed);
        array = buffer.array();
        start = buffer.arrayOffset() + buffer.position();
        at = start;
        end = start + buffer.remaining();
    }

    /** Copies a direct buffer into an array, from which strings are made. */
    private static ByteBuffer copy(ByteBuffer direct) {
        return ByteBuffer.allocate(direct.remaining()).put(direct.duplicate()).flip();
    }

    void order(ByteOrder order) {
        bigEndian = order == ByteOrder.BIG_ENDIAN;
    }

    int position() {
        return at - start;
    }

    int remaining() {
        return end - at;
    }

    /** Sets where reading ends, and returns where it ended before. */
    int limit(int limit) {
        int before = end - start;
        end = start + limit;
        return before;
    }

    MalformedNvListException malformed(String problem) {
        return new MalformedNvListException(problem, position());
    }

    /** Checks that this many bytes are left, before memory is allocated for what they contain. */
    void require(long bytes, String what) {
        if (bytes > remaining()) {
            throw malformed(
                    "it ends within " + what + ", which takes " + bytes + " bytes where " + remaining() + " are left");
        }
    }

    /** Skips this many bytes; returns where they start in the array. */
    private int take(int bytes, String what) {
        require(bytes, what);
        int from = at;
        at += bytes;
        return from;
    }

    byte int8(String what) {
        return array[take(1, what)];
    }

    short int16(String what) {
        short value = (short) ByteViews.SHORTS.get(array, take(Short.BYTES, what));
        return bigEndian ? Short.reverseBytes(value) : value;
    }

    int int32(String what) {
        int value = (int) ByteViews.INTS.get(array, take(Integer.BYTES, what));
        return bigEndian ? Integer.reverseBytes(value) : value;
    }

    long int64(String what) {
        long value = (long) ByteViews.LONGS.get(array, take(Long.BYTES, what));
        return bigEndian ? Long.reverseBytes(value) : value;
    }

    /** Reads a number of {@code width} bytes, sign-extended. */
    long number(int width, String what) {
        return switch (width) {
            case 1 -> int8(what);
            case 2 -> int16(what);
            case 4 -> int32(what);
            default -> int64(what);
        };
    }

    void bytes(byte[] into) {
        System.arraycopy(array, take(into.length, "bytes"), into, 0, into.length);
    }

    /** Reads a string of exactly this many bytes. */
    String string(int length, String what) {
        if (length < 0) {
            throw malformed("the length of " + what + " is " + length);
        }
        require(length, what);
        for (int i = at; i < at + length; i++) {
            if (array[i] == 0) {
                throw malformed(what + " holds a NUL");
            }
        }
        return strings.of(array, take(length, what), length);
    }

    /** Reads a string up to its NUL, which is read too. */
    String terminated(String what) {
        int nul = at;
        while (nul < end && array[nul] != 0) {
            nul++;
        }
        int length = nul - at;
        if (nul == end) {
            require(length + 1L, what + " and its NUL");
        }
        return strings.of(array, take(length + 1, what), length);
    }

    void skip(long bytes, String what) {
        require(bytes, what);
        at += (int) bytes;
    }

    /** Moves to the next multiple of {@code unit} bytes, a power of two, from {@code first} on. */
    void align(int first, int unit) {
        skip((first - position()) & (unit - 1), "padding");
    }
}
