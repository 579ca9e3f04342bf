package dev.firstboot.zfs.nvlist;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An ordered list of named, typed values: {@code nvlist_t} of libnvpair, in pure Java. Immutable and thread-safe; equal by uniqueness and pairs, in order.
 *
 * <p>Accessors have the names of the C types. They throw {@link NvLookupException} if the list has no pair of that name and type, or more than one. {@link #find} and
 * {@link #flag} do not throw. A returned array is a copy.
 */
public final class NvList {
    /** The most levels of lists below the outermost, as in libnvpair; the kernel takes 20. */
    static final int DEEPEST = 100;

    private static final NvList EMPTY = new NvList(Uniqueness.NAME);

    private final Uniqueness uniqueness;
    /** Never returned to callers. */
    final NvPair[] pairs;

    /** The pairs by name, if names are unique and many. */
    private final @Nullable Map<String, NvPair> byName;

    /** 0 until it is computed; every thread computes the same value. */
    private int depth;

    /**
     * Keeps the array itself, not a copy.
     *
     * @throws DuplicatePairException if two pairs are not as unique as they must be
     */
    NvList(Uniqueness uniqueness, NvPair... pairs) {
        this.uniqueness = uniqueness;
        this.pairs = pairs;
        this.byName = NameIndex.of(pairs, uniqueness);
    }

    private static int depthOf(NvPair... pairs) {
        int depth = 0;
        for (NvPair pair : pairs) {
            depth = Math.max(depth, pair.depth());
        }
        return depth;
    }

    /** Returns an empty list with unique names. */
    public static NvList empty() {
        return EMPTY;
    }

    /** Returns a builder of a list with unique names, like nearly all lists of ZFS. */
    public static NvListBuilder builder() {
        return builder(Uniqueness.NAME);
    }

    /** Returns a builder of a list. */
    public static NvListBuilder builder(Uniqueness uniqueness) {
        return new NvListBuilder(uniqueness);
    }

    /** Returns a builder with the pairs of this list. */
    public NvListBuilder toBuilder() {
        NvListBuilder builder = builder(uniqueness);
        pairs().forEach(builder::add);
        return builder;
    }

    /**
     * Unpacks a list in either encoding, as {@code nvlist_unpack} does, and ignores bytes after it. Safe with hostile bytes: it needs only a small multiple of
     * their size in memory.
     *
     * @throws MalformedNvListException if the bytes are not a packed list
     */
    public static NvList decode(byte[] packed) {
        return decode(ByteBuffer.wrap(packed));
    }

    /**
     * Unpacks the list at the buffer's position, and moves the position to its end.
     *
     * @throws MalformedNvListException if the bytes are not a packed list; the position stays
     */
    public static NvList decode(ByteBuffer packed) {
        return Decoder.decode(packed);
    }

    /**
     * Packs this list into the same bytes as {@code nvlist_pack} on x86-64.
     *
     * @throws IllegalArgumentException if it needs 2 GiB or more
     */
    public byte[] encode(NvEncoding encoding) {
        return encoding == NvEncoding.XDR ? XdrEncoder.encode(this) : NativeEncoder.encode(this);
    }

    /** Returns what may not occur twice in this list. */
    public Uniqueness uniqueness() {
        return uniqueness;
    }

    /** Returns all pairs, in order. */
    public List<NvPair> pairs() {
        return Collections.unmodifiableList(Arrays.asList(pairs));
    }

    /** Returns whether the list is empty. */
    public boolean isEmpty() {
        return pairs.length == 0;
    }

    /** Returns how deep lists are nested; 1 without inner lists. */
    int depth() {
        int known = depth;
        if (known == 0) {
            known = 1 + depthOf(pairs);
            depth = known;
        }
        return known;
    }

    /** Returns the first pair of that name; empty if there is none. */
    public Optional<NvPair> find(String name) {
        return named(name).findFirst();
    }

    /** Returns whether the list has a pair of that name, of any type. */
    public boolean has(String name) {
        return find(name).isPresent();
    }

    private Stream<NvPair> named(String name) {
        return byName == null ? NameIndex.named(pairs, name) : Stream.ofNullable(byName.get(name));
    }

    private NvPair only(String name, NvType type) {
        NvPair found = byName == null ? NameIndex.only(pairs, name, type) : byName.get(name);
        if (found == null || found.type() != type) {
            throw new NvLookupException(name, absence(name, type));
        }
        return found;
    }

    private String absence(String name, NvType type) {
        return find(name)
                .map(pair -> "'" + name + "' is of type " + pair.type() + ", not " + type)
                .orElseGet(() -> "there is no '" + name + "' in the list; " + NameIndex.names(pairs));
    }

    private Object get(String name, NvType type) {
        return only(name, type).value;
    }

    private Object copy(String name, NvType type) {
        return Numbers.copy(get(name, type));
    }

    /** Returns whether the list has a {@link NvType#BOOLEAN} of that name. */
    public boolean flag(String name) {
        return named(name).anyMatch(pair -> pair.type() == NvType.BOOLEAN);
    }

    /** Returns a {@link NvType#BOOLEAN_VALUE}. */
    public boolean booleanValue(String name) {
        return (Boolean) get(name, NvType.BOOLEAN_VALUE);
    }

    /** Returns a {@link NvType#BYTE}, 0 to 255. */
    public int byteValue(String name) {
        return (Integer) get(name, NvType.BYTE);
    }

    /** Returns an {@link NvType#INT8}. */
    public byte int8(String name) {
        return (Byte) get(name, NvType.INT8);
    }

    /** Returns a {@link NvType#UINT8}. */
    public int uint8(String name) {
        return (Integer) get(name, NvType.UINT8);
    }

    /** Returns an {@link NvType#INT16}. */
    public short int16(String name) {
        return (Short) get(name, NvType.INT16);
    }

    /** Returns a {@link NvType#UINT16}. */
    public int uint16(String name) {
        return (Integer) get(name, NvType.UINT16);
    }

    /** Returns an {@link NvType#INT32}. */
    public int int32(String name) {
        return (Integer) get(name, NvType.INT32);
    }

    /** Returns a {@link NvType#UINT32}. */
    public long uint32(String name) {
        return (Long) get(name, NvType.UINT32);
    }

    /** Returns an {@link NvType#INT64}. */
    public long int64(String name) {
        return (Long) get(name, NvType.INT64);
    }

    /** Returns the 64 bits of a {@link NvType#UINT64}: from 2<sup>63</sup> on, a negative {@code long}. */
    public long uint64(String name) {
        return (Long) get(name, NvType.UINT64);
    }

    /** Returns the exact value of a {@link NvType#UINT64}. */
    public BigInteger bigUint64(String name) {
        return new BigInteger(Long.toUnsignedString(uint64(name)));
    }

    /** Returns an {@link NvType#HRTIME}, in nanoseconds. */
    public long hrtime(String name) {
        return (Long) get(name, NvType.HRTIME);
    }

    /** Returns a {@link NvType#DOUBLE}. */
    public double doubleValue(String name) {
        return (Double) get(name, NvType.DOUBLE);
    }

    /** Returns a {@link NvType#STRING}. */
    public String string(String name) {
        return (String) get(name, NvType.STRING);
    }

    /** Returns an {@link NvType#NVLIST}. */
    public NvList nvlist(String name) {
        return (NvList) get(name, NvType.NVLIST);
    }

    /** Returns a {@link NvType#BOOLEAN_ARRAY}. */
    public boolean[] booleanArray(String name) {
        return (boolean[]) copy(name, NvType.BOOLEAN_ARRAY);
    }

    /** Returns a {@link NvType#BYTE_ARRAY}. */
    public byte[] byteArray(String name) {
        return (byte[]) copy(name, NvType.BYTE_ARRAY);
    }

    /** Returns an {@link NvType#INT8_ARRAY}. */
    public byte[] int8Array(String name) {
        return (byte[]) copy(name, NvType.INT8_ARRAY);
    }

    /** Returns a {@link NvType#UINT8_ARRAY}, whose bytes {@link Byte#toUnsignedInt(byte)} reads. */
    public byte[] uint8Array(String name) {
        return (byte[]) copy(name, NvType.UINT8_ARRAY);
    }

    /** Returns an {@link NvType#INT16_ARRAY}. */
    public short[] int16Array(String name) {
        return (short[]) copy(name, NvType.INT16_ARRAY);
    }

    /** Returns a {@link NvType#UINT16_ARRAY}. */
    public int[] uint16Array(String name) {
        return (int[]) copy(name, NvType.UINT16_ARRAY);
    }

    /** Returns an {@link NvType#INT32_ARRAY}. */
    public int[] int32Array(String name) {
        return (int[]) copy(name, NvType.INT32_ARRAY);
    }

    /** Returns a {@link NvType#UINT32_ARRAY}. */
    public long[] uint32Array(String name) {
        return (long[]) copy(name, NvType.UINT32_ARRAY);
    }

    /** Returns an {@link NvType#INT64_ARRAY}. */
    public long[] int64Array(String name) {
        return (long[]) copy(name, NvType.INT64_ARRAY);
    }

    /** Returns a {@link NvType#UINT64_ARRAY}, each element as {@link #uint64} returns it. */
    public long[] uint64Array(String name) {
        return (long[]) copy(name, NvType.UINT64_ARRAY);
    }

    /** Returns a {@link NvType#STRING_ARRAY}. */
    public List<String> stringArray(String name) {
        return only(name, NvType.STRING_ARRAY).strings();
    }

    /** Returns an {@link NvType#NVLIST_ARRAY}. */
    public List<NvList> nvlistArray(String name) {
        return only(name, NvType.NVLIST_ARRAY).lists();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NvList list && uniqueness == list.uniqueness && Arrays.equals(pairs, list.pairs);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pairs);
    }

    /** Returns the list as {@code zdb} prints a configuration: one pair per line, inner lists indented, byte arrays as their size. */
    @Override
    public String toString() {
        return Dump.of(this);
    }
}
