package dev.firstboot.zfs.nvlist;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads a packed list from its start and never beyond its limit. */
final class Input {
    private final ByteBuffer buffer;

    /** @param packed starts with the list; its position stays */
    Input(ByteBuffer packed) {
        buffer = packed.hasArray() ? packed.slice() : copy(packed);
    }

    /** Strings are made from arrays. */
    private static ByteBuffer copy(ByteBuffer direct) {
        return ByteBuffer.allocate(direct.remaining()).put(direct.duplicate()).flip();
    }

    void order(ByteOrder order) {
        buffer.order(order);
    }

    int position() {
        return buffer.position();
    }

    int remaining() {
        return buffer.remaining();
    }

    /** Where reading ends from now on; returns where it ended so far. */
    int limit(int limit) {
        int before = buffer.limit();
        buffer.limit(limit);
        return before;
    }

    MalformedNvListException malformed(String problem) {
        return new MalformedNvListException(problem, buffer.position());
    }

    /** Sees to it that so many bytes are there, before memory is taken for what they hold. */
    void require(long bytes, String what) {
        if (bytes > buffer.remaining()) {
            throw malformed("it ends within " + what + ", which takes " + bytes + " bytes where " + buffer.remaining()
                    + " are left");
        }
    }

    byte int8(String what) {
        require(1, what);
        return buffer.get();
    }

    short int16(String what) {
        require(Short.BYTES, what);
        return buffer.getShort();
    }

    int int32(String what) {
        require(Integer.BYTES, what);
        return buffer.getInt();
    }

    long int64(String what) {
        require(Long.BYTES, what);
        return buffer.getLong();
    }

    /** A number of {@code width} bytes, sign-extended. */
    long number(int width, String what) {
        return switch (width) {
            case 1 -> int8(what);
            case 2 -> int16(what);
            case 4 -> int32(what);
            default -> int64(what);
        };
    }

    void bytes(byte[] into) {
        require(into.length, "bytes");
        buffer.get(into);
    }

    /** A string of exactly that many bytes. */
    String string(int length, String what) {
        if (length < 0) {
            throw malformed("the length of " + what + " is " + length);
        }
        require(length, what);
        int offset = buffer.arrayOffset() + buffer.position();
        for (int i = offset; i < offset + length; i++) {
            if (buffer.array()[i] == 0) {
                throw malformed(what + " holds a NUL");
            }
        }
        skip(length, what);
        return CStrings.decode(buffer.array(), offset, length);
    }

    /** A string up to its NUL, which is read too. */
    String terminated(String what) {
        byte[] array = buffer.array();
        int offset = buffer.arrayOffset() + buffer.position();
        int end = offset;
        int limit = buffer.arrayOffset() + buffer.limit();
        while (end < limit && array[end] != 0) {
            end++;
        }
        int length = end - offset;
        if (end == limit) {
            require(length + 1L, what + " and its NUL");
        }
        buffer.position(buffer.position() + length + 1);
        return CStrings.decode(array, offset, length);
    }

    void skip(long bytes, String what) {
        require(bytes, what);
        buffer.position(buffer.position() + (int) bytes);
    }

    /** Moves to the next multiple of {@code unit} bytes from {@code start} on. */
    void align(int start, int unit) {
        skip(Math.floorMod(start - position(), unit), "padding");
    }
}
