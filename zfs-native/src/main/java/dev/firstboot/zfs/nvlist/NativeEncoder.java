package dev.firstboot.zfs.nvlist;

import java.nio.ByteOrder;

/**
 * Packs lists in the native encoding ({@code NV_ENCODE_NATIVE} of {@code nvpair.c}), as the C structures of a little-endian host: each pair as it is in memory,
 * inner lists after their pair.
 */
final class NativeEncoder {
    private static final int UNIT = 8;

    private final Output out;

    private NativeEncoder(Output out) {
        this.out = out;
    }

    static byte[] encode(NvList list) {
        NativeEncoder encoder = new NativeEncoder(new Output(ByteOrder.LITTLE_ENDIAN, ExpectedSize.of(list)));
        encoder.out.int8(Decoder.NATIVE);
        encoder.out.int8(Decoder.LITTLE_ENDIAN);
        encoder.out.int16(0);
        encoder.out.int32(Decoder.VERSION);
        encoder.out.int32(list.uniqueness().flags());
        encoder.pairs(list);
        return encoder.out.toBytes();
    }

    private void pairs(NvList list) {
        for (NvPair pair : list.pairs) {
            pair(pair);
        }
        out.int32(0);
    }

    private void pair(NvPair pair) {
        int start = out.position();
        out.int32(0);
        int nameSize = out.position();
        out.int32(0);
        out.int32(pair.length());
        out.int32(pair.type().code());
        int name = out.position();
        string(pair.name());
        out.patch16(nameSize, out.position() - name);
        out.align(start, UNIT);
        value(pair);
        out.align(start, UNIT);
        out.patch(start, out.position() - start);
        inner(pair);
    }

    private void value(NvPair pair) {
        NvType type = pair.type();
        switch (type.shape) {
            case FLAG -> {}
            case NUMBER -> out.number(type.width, Numbers.bits(pair.value));
            case NUMBERS -> numbers(type, pair.value);
            case STRING -> string((String) pair.value);
            case STRINGS -> {
                pointers(pair.length());
                pair.strings().forEach(this::string);
            }
            case LIST -> header((NvList) pair.value);
            case LISTS -> {
                pointers(pair.length());
                pair.lists().forEach(this::header);
            }
        }
    }

    private void numbers(NvType type, Object array) {
        if (array instanceof byte[] bytes) {
            out.bytes(bytes);
            return;
        }
        int elementWidth = type.width;
        for (int i = 0; i < Numbers.length(array); i++) {
            out.number(elementWidth, Numbers.get(array, i));
        }
    }

    private void string(String text) {
        out.text(text);
        out.int8(0);
    }

    /** Writes zeros for pointers, which mean something in memory only. */
    private void pointers(int count) {
        out.zeros((long) Long.BYTES * count);
    }

    /** Writes a {@code struct nvlist}: version and flags, then zeros for fields that mean something in memory only. */
    private void header(NvList list) {
        out.int32(Decoder.VERSION);
        out.int32(list.uniqueness().flags());
        out.zeros(2 * Long.BYTES);
    }

    private void inner(NvPair pair) {
        switch (pair.type().shape) {
            case LIST -> pairs((NvList) pair.value);
            case LISTS -> pair.lists().forEach(this::pairs);
            default -> {}
        }
    }
}
