package dev.firstboot.zfs.nvlist;

import java.util.Objects;

/** Converts numbers to the bits that C stores, and back. {@link NvType} names the Java type of each. */
final class Numbers {
    private Numbers() {}

    /** Returns the bits of a single number, sign-extended if its type has a sign. */
    static long bits(Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        return value instanceof Double real ? Double.doubleToRawLongBits(real) : ((Number) value).longValue();
    }

    /** Returns the number of {@code type} in the low bits; ignores the bits above its width. */
    static Object of(NvType type, long bits) {
        return switch (type) {
            case BOOLEAN_VALUE -> bits != 0;
            case BYTE, UINT8 -> (int) bits & 0xff;
            case INT8 -> (byte) bits;
            case INT16 -> (short) bits;
            case UINT16 -> (int) bits & 0xffff;
            case INT32 -> (int) bits;
            case UINT32 -> bits & 0xffff_ffffL;
            case INT64, UINT64, HRTIME -> bits;
            case DOUBLE -> Double.longBitsToDouble(bits);
            default -> throw new AssertionError(type);
        };
    }

    /** Returns an array of the Java type for elements of {@code type}. */
    static Object array(NvType type, int length) {
        return switch (type) {
            case BOOLEAN_ARRAY -> new boolean[length];
            case BYTE_ARRAY, INT8_ARRAY, UINT8_ARRAY -> new byte[length];
            case INT16_ARRAY -> new short[length];
            case UINT16_ARRAY, INT32_ARRAY -> new int[length];
            case UINT32_ARRAY, INT64_ARRAY, UINT64_ARRAY -> new long[length];
            default -> throw new AssertionError(type);
        };
    }

    static int length(Object array) {
        if (array instanceof long[] longs) {
            return longs.length;
        } else if (array instanceof byte[] bytes) {
            return bytes.length;
        } else if (array instanceof int[] ints) {
            return ints.length;
        } else if (array instanceof short[] shorts) {
            return shorts.length;
        }
        return ((boolean[]) array).length;
    }

    static long get(Object array, int index) {
        if (array instanceof long[] longs) {
            return longs[index];
        } else if (array instanceof byte[] bytes) {
            return bytes[index];
        } else if (array instanceof int[] ints) {
            return ints[index];
        } else if (array instanceof short[] shorts) {
            return shorts[index];
        }
        return ((boolean[]) array)[index] ? 1 : 0;
    }

    static void set(NvType type, Object array, int index, long bits) {
        if (array instanceof long[] longs) {
            longs[index] = type == NvType.UINT32_ARRAY ? bits & 0xffff_ffffL : bits;
        } else if (array instanceof byte[] bytes) {
            bytes[index] = (byte) bits;
        } else if (array instanceof int[] ints) {
            ints[index] = type == NvType.UINT16_ARRAY ? (int) bits & 0xffff : (int) bits;
        } else if (array instanceof short[] shorts) {
            shorts[index] = (short) bits;
        } else {
            ((boolean[]) array)[index] = bits != 0;
        }
    }

    /** Returns a copy, so that nobody else can change the array of a list. */
    static Object copy(Object array) {
        if (array instanceof long[] longs) {
            return longs.clone();
        } else if (array instanceof byte[] bytes) {
            return bytes.clone();
        } else if (array instanceof int[] ints) {
            return ints.clone();
        } else if (array instanceof short[] shorts) {
            return shorts.clone();
        }
        return ((boolean[]) Objects.requireNonNull(array)).clone();
    }

    /** Returns the text of one element or a single number; unsigned for unsigned types. */
    static String text(NvType type, long bits) {
        return switch (type) {
            case UINT64, UINT64_ARRAY -> Long.toUnsignedString(bits);
            case BOOLEAN_VALUE, BOOLEAN_ARRAY -> Boolean.toString(bits != 0);
            case DOUBLE -> Double.toString(Double.longBitsToDouble(bits));
            default -> Long.toString(bits);
        };
    }
}
