package dev.firstboot.zfs.nvlist;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Builds a list pair by pair, in order. A value out of its type's range is refused when it is added, a duplicate by {@link #build()}. Not thread-safe.
 */
public final class NvListBuilder {
    /** Most lists have at most this many pairs. */
    private static final int OFTEN = 4;

    private final Uniqueness uniqueness;
    private final List<NvPair> pairs = new ArrayList<>(OFTEN);

    NvListBuilder(Uniqueness uniqueness) {
        this.uniqueness = uniqueness;
    }

    /**
     * Returns the list of the pairs added so far.
     *
     * @throws IllegalArgumentException if a pair that must be unique occurs twice
     */
    public NvList build() {
        return new NvList(uniqueness, pairs.toArray(new NvPair[pairs.size()]));
    }

    /** Adds a pair of another list. */
    public NvListBuilder add(NvPair pair) {
        return add(pair.name(), pair.type(), pair.value);
    }

    /** Removes every pair of that name. */
    public NvListBuilder remove(String name) {
        pairs.removeIf(pair -> pair.name().equals(name));
        return this;
    }

    private NvListBuilder add(String name, NvType type, Object value) {
        NvPair pair = new NvPair(name, type, value);
        int bytes = encodedLength(name, name);
        if (bytes > NvPair.LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "a name of " + bytes + " bytes is too long: at most " + NvPair.LONGEST_NAME);
        }
        if (pair.depth() > NvList.DEEPEST) {
            throw new IllegalArgumentException(
                    "'" + name + "' would put more than " + NvList.DEEPEST + " lists inside each other");
        }
        pairs.add(pair);
        return this;
    }

    private static int encodedLength(String name, String text) {
        try {
            return CStrings.length(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + name + "': " + e.getMessage(), e);
        }
    }

    private static long inRange(String name, NvType type, long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    "'" + name + "': " + value + " is out of range for " + type + ", 0 to " + most);
        }
        return value;
    }

    private static String checked(String name, String value) {
        encodedLength(name, value);
        return value;
    }

    /** Adds a {@link NvType#BOOLEAN}. */
    public NvListBuilder addFlag(String name) {
        return add(name, NvType.BOOLEAN, true);
    }

    /** Adds a {@link NvType#BOOLEAN_VALUE}. */
    public NvListBuilder addBooleanValue(String name, boolean value) {
        return add(name, NvType.BOOLEAN_VALUE, value);
    }

    /** Adds a {@link NvType#BYTE}, 0 to 255. */
    public NvListBuilder addByteValue(String name, int value) {
        return add(name, NvType.BYTE, (int) inRange(name, NvType.BYTE, value, 0xff));
    }

    /** Adds an {@link NvType#INT8}. */
    public NvListBuilder addInt8(String name, byte value) {
        return add(name, NvType.INT8, value);
    }

    /** Adds a {@link NvType#UINT8}, 0 to 255. */
    public NvListBuilder addUint8(String name, int value) {
        return add(name, NvType.UINT8, (int) inRange(name, NvType.UINT8, value, 0xff));
    }

    /** Adds an {@link NvType#INT16}. */
    public NvListBuilder addInt16(String name, short value) {
        return add(name, NvType.INT16, value);
    }

    /** Adds a {@link NvType#UINT16}, 0 to 65535. */
    public NvListBuilder addUint16(String name, int value) {
        return add(name, NvType.UINT16, (int) inRange(name, NvType.UINT16, value, 0xffff));
    }

    /** Adds an {@link NvType#INT32}. */
    public NvListBuilder addInt32(String name, int value) {
        return add(name, NvType.INT32, value);
    }

    /** Adds a {@link NvType#UINT32}, 0 to 2<sup>32</sup>-1. */
    public NvListBuilder addUint32(String name, long value) {
        return add(name, NvType.UINT32, inRange(name, NvType.UINT32, value, 0xffff_ffffL));
    }

    /** Adds an {@link NvType#INT64}. */
    public NvListBuilder addInt64(String name, long value) {
        return add(name, NvType.INT64, value);
    }

    /** Adds a {@link NvType#UINT64} of these 64 bits: a negative {@code long} stands for 2<sup>63</sup> and more. */
    public NvListBuilder addUint64(String name, long bits) {
        return add(name, NvType.UINT64, bits);
    }

    /** Adds a {@link NvType#UINT64}, 0 to 2<sup>64</sup>-1. */
    public NvListBuilder addUint64(String name, BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > Long.SIZE) {
            throw new IllegalArgumentException("'" + name + "': " + value + " is out of range for UINT64");
        }
        return addUint64(name, value.longValue());
    }

    /** Adds an {@link NvType#HRTIME}, in nanoseconds. */
    public NvListBuilder addHrtime(String name, long nanoseconds) {
        return add(name, NvType.HRTIME, nanoseconds);
    }

    /** Adds a {@link NvType#DOUBLE}. */
    public NvListBuilder addDouble(String name, double value) {
        return add(name, NvType.DOUBLE, value);
    }

    /** Adds a {@link NvType#STRING}. */
    public NvListBuilder addString(String name, String value) {
        return add(name, NvType.STRING, checked(name, value));
    }

    /** Adds an {@link NvType#NVLIST}. */
    public NvListBuilder addNvList(String name, NvList value) {
        return add(name, NvType.NVLIST, value);
    }

    /** Adds a {@link NvType#BOOLEAN_ARRAY}. */
    public NvListBuilder addBooleanArray(String name, boolean... values) {
        return add(name, NvType.BOOLEAN_ARRAY, values.clone());
    }

    /** Adds a {@link NvType#BYTE_ARRAY}. */
    public NvListBuilder addByteArray(String name, byte... values) {
        return add(name, NvType.BYTE_ARRAY, values.clone());
    }

    /** Adds an {@link NvType#INT8_ARRAY}. */
    public NvListBuilder addInt8Array(String name, byte... values) {
        return add(name, NvType.INT8_ARRAY, values.clone());
    }

    /** Adds a {@link NvType#UINT8_ARRAY} of these bytes, read unsigned. */
    public NvListBuilder addUint8Array(String name, byte... values) {
        return add(name, NvType.UINT8_ARRAY, values.clone());
    }

    /** Adds an {@link NvType#INT16_ARRAY}. */
    public NvListBuilder addInt16Array(String name, short... values) {
        return add(name, NvType.INT16_ARRAY, values.clone());
    }

    /** Adds a {@link NvType#UINT16_ARRAY}, each 0 to 65535. */
    public NvListBuilder addUint16Array(String name, int... values) {
        int[] copy = values.clone();
        for (int value : copy) {
            inRange(name, NvType.UINT16_ARRAY, value, 0xffff);
        }
        return add(name, NvType.UINT16_ARRAY, copy);
    }

    /** Adds an {@link NvType#INT32_ARRAY}. */
    public NvListBuilder addInt32Array(String name, int... values) {
        return add(name, NvType.INT32_ARRAY, values.clone());
    }

    /** Adds a {@link NvType#UINT32_ARRAY}, each 0 to 2<sup>32</sup>-1. */
    public NvListBuilder addUint32Array(String name, long... values) {
        long[] copy = values.clone();
        for (long value : copy) {
            inRange(name, NvType.UINT32_ARRAY, value, 0xffff_ffffL);
        }
        return add(name, NvType.UINT32_ARRAY, copy);
    }

    /** Adds an {@link NvType#INT64_ARRAY}. */
    public NvListBuilder addInt64Array(String name, long... values) {
        return add(name, NvType.INT64_ARRAY, values.clone());
    }

    /** Adds a {@link NvType#UINT64_ARRAY}, each of these 64 bits as in {@link #addUint64(String, long)}. */
    public NvListBuilder addUint64Array(String name, long... bits) {
        return add(name, NvType.UINT64_ARRAY, bits.clone());
    }

    /** Adds a {@link NvType#STRING_ARRAY}. */
    public NvListBuilder addStringArray(String name, Collection<String> values) {
        List<String> copy = List.copyOf(values);
        copy.forEach(value -> checked(name, value));
        return add(name, NvType.STRING_ARRAY, copy);
    }

    /** Adds an {@link NvType#NVLIST_ARRAY}. */
    public NvListBuilder addNvListArray(String name, Collection<NvList> values) {
        return add(name, NvType.NVLIST_ARRAY, List.copyOf(values));
    }
}
