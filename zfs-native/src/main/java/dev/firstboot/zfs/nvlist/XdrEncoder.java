package dev.firstboot.zfs.nvlist;

import java.nio.ByteOrder;

/**
 * Packs lists as XDR ({@code NV_ENCODE_XDR} of {@code nvpair.c}), in one pass: a size is filled in once its contents are written.
 *
 * <p>libnvpair counts four bytes for the length of an empty array and then does not write it. Sizes of everything around such an array include these bytes, and
 * as many zeros follow the list.
 */
final class XdrEncoder {
    private static final int UNIT = 4;

    private final Output out;

    /** Bytes that sizes have counted so far, but that were not written. */
    private int phantom;

    private XdrEncoder(Output out) {
        this.out = out;
    }

    static byte[] encode(NvList list) {
        XdrEncoder encoder = new XdrEncoder(new Output(ByteOrder.BIG_ENDIAN, ExpectedSize.of(list)));
        encoder.out.int8(Decoder.XDR);
        encoder.out.int8(Decoder.LITTLE_ENDIAN);
        encoder.out.int16(0);
        encoder.list(list);
        encoder.out.zeros(encoder.phantom);
        return encoder.out.toBytes();
    }

    private void list(NvList list) {
        out.int32(Decoder.VERSION);
        out.int32(list.uniqueness().flags());
        for (NvPair pair : list.pairs) {
            pair(pair);
        }
        out.int64(0);
    }

    private void pair(NvPair pair) {
        int start = out.position();
        int phantomBefore = phantom;
        out.int64(0);
        int nameLength = string(pair.name());
        out.int32(pair.type().code());
        out.int32(pair.length());
        long valueSize = value(pair);
        out.patch(start, out.position() - start + phantom - phantomBefore);
        out.patch(start + Integer.BYTES, PairSize.of(nameLength, valueSize));
    }

    /** Writes a value and returns its size in C, in bytes. */
    private long value(NvPair pair) {
        NvType type = pair.type();
        switch (type.shape) {
            case FLAG -> {
                return 0;
            }
            case NUMBER -> {
                number(type, Numbers.bits(pair.value));
                return type.width;
            }
            case NUMBERS -> numbers(type, pair.value);
            case STRING -> {
                return string((String) pair.value) + 1L;
            }
            case STRINGS -> {
                return pair.strings().stream()
                        .mapToLong(text -> PairSize.ofElement(string(text)))
                        .sum();
            }
            case LIST -> list((NvList) pair.value);
            case LISTS -> pair.lists().forEach(this::list);
        }
        return (long) type.width * pair.length();
    }

    private void numbers(NvType type, Object array) {
        int length = Numbers.length(array);
        if (type == NvType.BYTE_ARRAY) {
            out.bytes((byte[]) array);
            out.align(out.position() - length, UNIT);
        } else if (length == 0) {
            phantom += UNIT;
        } else {
            out.int32(length);
            for (int i = 0; i < length; i++) {
                number(type, Numbers.get(array, i));
            }
        }
    }

    private void number(NvType type, long bits) {
        switch (type.width) {
            case 1 -> out.int32((byte) bits); // C's char has a sign on x86-64, also where the type has none
            case 8 -> out.int64(bits);
            default -> out.int32((int) bits);
        }
    }

    private int string(String text) {
        byte[] bytes = CStrings.encode(text);
        out.int32(bytes.length);
        out.bytes(bytes);
        out.align(out.position() - bytes.length, UNIT);
        return bytes.length;
    }
}
