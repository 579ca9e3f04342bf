package dev.firstboot.zfs.nvlist;

import dev.firstboot.zfs.nvlist.NvType.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A name with its value: {@code nvpair_t}. Immutable; equal by name, type and value. */
public final class NvPair {
    /** Bytes of the C structure before the name. */
    static final int HEADER = 16;

    /** The longest name in bytes: its size with the NUL is kept in a signed 16-bit field. */
    static final int LONGEST_NAME = Short.MAX_VALUE - 1;

    private final String name;
    private final NvType type;

    /** Never returned to callers if it is an array. */
    final Object value;

    NvPair(String name, NvType type, Object value) {
        this.name = name;
        this.type = type;
        this.value = value;
    }

    /** Returns its name. */
    public String name() {
        return name;
    }

    /** Returns its type. */
    public NvType type() {
        return type;
    }

    /**
     * Returns its value as the Java type that {@link NvType} names; {@code Boolean.TRUE} for {@link NvType#BOOLEAN}. An array is a copy.
     */
    public Object value() {
        return type.shape == Shape.NUMBERS ? Numbers.copy(value) : value;
    }

    /** Returns the number of elements of an array; 0 for {@link NvType#BOOLEAN} and 1 for all others. */
    public int length() {
        return switch (type.shape) {
            case FLAG -> 0;
            case NUMBER, STRING, LIST -> 1;
            case NUMBERS -> Numbers.length(value);
            case STRINGS, LISTS -> ((List<?>) value).size();
        };
    }

    @SuppressWarnings("unchecked")
    List<String> strings() {
        return (List<String>) value;
    }

    @SuppressWarnings("unchecked")
    List<NvList> lists() {
        return (List<NvList>) value;
    }

    /** Returns how deep the lists in it are nested; 0 without lists. */
    int depth() {
        return switch (type.shape) {
            case LIST -> ((NvList) value).depth();
            case LISTS -> lists().stream().mapToInt(NvList::depth).max().orElse(0);
            default -> 0;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NvPair pair
                && name.equals(pair.name)
                && type == pair.type
                && Objects.deepEquals(value, pair.value);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(new Object[] {name, type.code(), value});
    }

    /** Returns the pair as {@link NvList#toString()} prints it. */
    @Override
    public String toString() {
        return Dump.of(this);
    }
}
