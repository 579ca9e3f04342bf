package dev.firstboot.zfs.nvlist;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Unpacks XDR; see {@link XdrEncoder} for its peculiarity. */
final class XdrDecoder extends Decoder {
    private static final int UNIT = 4;
    private static final int SMALLEST_LIST = 16;

    /** Bytes that sizes have counted so far, but that were not written. */
    private int phantom;

    /** The size in C of the value that was read last, in bytes. */
    private long valueSize;

    XdrDecoder(Input in) {
        super(in);
        in.order(ByteOrder.BIG_ENDIAN);
    }

    @Override
    NvList list() {
        NvList list = list(0);
        in.skip(Math.min(phantom, in.remaining()), "the end");
        return list;
    }

    private NvList list(int depth) {
        checkDepth(depth);
        Uniqueness uniqueness = header();
        int before = pairs.size();
        while (true) {
            int start = in.position();
            int encodedSize = in.int32("the size of a pair");
            int decodedSize = in.int32("the size of a pair");
            if (decodedSize == 0 && encodedSize == 0) {
                return list(uniqueness, pairs.from(before));
            }
            int phantomBefore = phantom;
            pairs.add(pair(decodedSize, depth));
            checkSize("a pair", encodedSize, (long) in.position() - start + phantom - phantomBefore);
        }
    }

    private NvPair pair(int decodedSize, int depth) {
        int nameLength = in.int32("a name's length");
        String name = string(nameLength, "a name");
        if (nameLength > NvPair.LONGEST_NAME) {
            throw in.malformed("a name of " + nameLength + " bytes");
        }
        NvType type = type(in.int32("a type"));
        int length = in.int32("a number of elements");
        checkLength(type, length);
        valueSize = (long) type.width * length;
        Object value = value(type, length, depth);
        checkSize("a pair in memory", decodedSize, PairSize.of(nameLength, valueSize));
        return new NvPair(name, type, value);
    }

    private Object value(NvType type, int length, int depth) {
        return switch (type.shape) {
            case FLAG -> true;
            case NUMBER -> Numbers.of(type, number(type));
            case NUMBERS -> numbers(type, length);
            case STRING -> {
                int bytes = in.int32("a string's length");
                valueSize = bytes + 1L;
                yield string(bytes, VALUE);
            }
            case STRINGS -> strings(length);
            case LIST -> nested(type, 1, depth).get(0);
            case LISTS -> nested(type, length, depth);
        };
    }

    private Object numbers(NvType type, int length) {
        Object array;
        if (type == NvType.BYTE_ARRAY) {
            in.require(length, VALUE);
            array = new byte[length];
            in.bytes((byte[]) array);
            in.align(in.position() - length, UNIT);
        } else if (length == 0) {
            phantom += UNIT;
            array = Numbers.array(type, 0);
        } else {
            checkSize("an array's length", in.int32("an array's length"), length);
            in.require((long) Math.max(UNIT, type.width) * length, VALUE);
            array = Numbers.array(type, length);
            for (int i = 0; i < length; i++) {
                Numbers.set(type, array, i, number(type));
            }
        }
        return array;
    }

    /** Reads a number. One of less than four bytes takes four; refuses a value that libnvpair would not have written there. */
    private long number(NvType type) {
        long bits = type.width == Long.BYTES ? in.int64(VALUE) : in.int32(VALUE);
        checkNumber(type, bits);
        boolean fits = switch (type) {
            case INT16, INT16_ARRAY -> bits == (short) bits;
            case UINT16, UINT16_ARRAY -> bits == (bits & 0xffff);
            // C's char has a sign on some hosts and none on others.
            default -> type.width != 1 || bits == (byte) bits || bits == (bits & 0xff);
        };
        if (!fits) {
            throw in.malformed("a " + type + " holds " + bits);
        }
        return bits;
    }

    private List<String> strings(int length) {
        in.require((long) UNIT * length, VALUE);
        List<String> strings = new ArrayList<>(length);
        long size = 0;
        for (int i = 0; i < length; i++) {
            int bytes = in.int32("a string's length");
            strings.add(string(bytes, VALUE));
            size += PairSize.ofElement(bytes);
        }
        valueSize = size;
        return List.copyOf(strings);
    }

    private String string(int length, String what) {
        String text = in.string(length, what);
        in.align(in.position() - length, UNIT);
        return text;
    }

    private List<NvList> nested(NvType type, int length, int depth) {
        in.require((long) SMALLEST_LIST * length, VALUE);
        List<NvList> lists = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            lists.add(list(depth + 1));
        }
        valueSize = (long) type.width * length;
        return List.copyOf(lists);
    }
}
