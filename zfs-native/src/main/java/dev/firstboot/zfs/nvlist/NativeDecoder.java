package dev.firstboot.zfs.nvlist;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Unpacks the native encoding, from hosts of either byte order; see {@link NativeEncoder}. */
final class NativeDecoder extends Decoder {
    private static final int UNIT = 8;

    NativeDecoder(Input in, ByteOrder order) {
        super(in);
        in.order(order);
    }

    @Override
    NvList list() {
        return list(header(), 0);
    }

    private NvList list(Uniqueness uniqueness, int depth) {
        checkDepth(depth);
        int before = pairs.size();
        while (true) {
            int start = in.position();
            int size = in.int32("the size of a pair");
            if (size == 0) {
                return list(uniqueness, pairs.from(before));
            }
            pairs.add(pair(start, size, depth));
        }
    }

    private NvPair pair(int start, int size, int depth) {
        if (size < NvPair.HEADER || size > in.remaining() + Integer.BYTES) {
            throw in.malformed("a pair of " + size + " bytes where " + (in.remaining() + Integer.BYTES) + " are left");
        }
        int end = in.limit(start + size);
        int nameSize = in.int16("a name's size");
        in.skip(Short.BYTES, "a pair's header");
        int length = in.int32("a number of elements");
        NvType type = type(in.int32("a type"));
        checkLength(type, length);
        String name = name(nameSize);
        in.align(start, UNIT);
        Object value = value(type, length);
        in.align(start, UNIT);
        checkSize("a pair", size, (long) in.position() - start);
        in.limit(end);
        return new NvPair(name, type, inner(type, value, depth));
    }

    private String name(int size) {
        String name = in.string(size - 1, "a name");
        if (in.int8("a name's end") != 0) {
            throw in.malformed("a name does not end where it should");
        }
        return name;
    }

    /** Reads a value; of inner lists only their headers, because their pairs follow the whole pair. */
    private Object value(NvType type, int length) {
        return switch (type.shape) {
            case FLAG -> true;
            case NUMBER -> Numbers.of(type, number(type));
            case NUMBERS -> numbers(type, length);
            case STRING -> in.terminated(VALUE);
            case STRINGS -> strings(length);
            case LIST -> innerHeader();
            case LISTS -> {
                in.skip((long) Long.BYTES * length, VALUE);
                yield headers(length);
            }
        };
    }

    private Object numbers(NvType type, int length) {
        in.require((long) type.width * length, VALUE);
        Object array = Numbers.array(type, length);
        if (array instanceof byte[] bytes) {
            in.bytes(bytes);
            return array;
        }
        for (int i = 0; i < length; i++) {
            Numbers.set(type, array, i, number(type));
        }
        return array;
    }

    private long number(NvType type) {
        long bits = in.number(type.width, VALUE);
        checkNumber(type, bits);
        return bits;
    }

    private List<String> strings(int length) {
        in.skip((long) Long.BYTES * length, VALUE);
        in.require(length, VALUE);
        List<String> strings = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            strings.add(in.terminated(VALUE));
        }
        return List.copyOf(strings);
    }

    private List<Uniqueness> headers(int count) {
        in.require((long) NvType.NVLIST.width * count, VALUE);
        List<Uniqueness> headers = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            headers.add(innerHeader());
        }
        return headers;
    }

    private Uniqueness innerHeader() {
        in.require(NvType.NVLIST.width, VALUE);
        Uniqueness uniqueness = header();
        in.skip(2 * Long.BYTES, VALUE);
        return uniqueness;
    }

    @SuppressWarnings("unchecked")
    private Object inner(NvType type, Object value, int depth) {
        return switch (type.shape) {
            case LIST -> list((Uniqueness) value, depth + 1);
            case LISTS ->
                ((List<Uniqueness>) value)
                        .stream().map(uniqueness -> list(uniqueness, depth + 1)).toList();
            default -> value;
        };
    }
}
