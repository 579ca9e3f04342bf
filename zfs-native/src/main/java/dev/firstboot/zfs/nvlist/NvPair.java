package dev.firstboot.zfs.nvlist;

import dev.firstboot.zfs.nvlist.NvType.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** One name with its value: {@code nvpair_t}. Immutable; equal if name, type and value are. */
public final class NvPair {
    /** Bytes of the C structure before the name. */
    static final int HEADER = 16;

    /** The longest name in bytes: its size with the NUL is kept in a signed 16-bit field. */
    static final int LONGEST_NAME = Short.MAX_VALUE - 1;

    private final String name;
    private final NvType type;

    /** Never handed out if it is an array. */
    final Object value;

    NvPair(String name, NvType type, Object value) {
        this.name = name;
        this.type = type;
        this.value = value;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its type. */
    public NvType type() {
        return type;
    }

    /**
     * Its value, as the Java type that {@link NvType} tells; {@code Boolean.TRUE} for {@link NvType#BOOLEAN}. An array is the
     * caller's own copy.
     */
    public Object value() {
        return type.shape == Shape.NUMBERS ? Numbers.copy(value) : value;
    }

    /** How many elements an array has; otherwise 1, and 0 for {@link NvType#BOOLEAN}. */
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

    /** How deep the lists within it go; 0 if it holds none. */
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

    /** As {@link NvList#toString()} prints it. */
    @Override
    public String toString() {
        return Dump.of(this);
    }
}
