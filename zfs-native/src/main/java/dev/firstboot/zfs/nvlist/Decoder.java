package dev.firstboot.zfs.nvlist;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What both encodings share: the first four bytes, and the checks of a valid list ({@code nvpair.c}). */
abstract class Decoder {
    static final int NATIVE = 0;
    static final int XDR = 1;
    static final int LITTLE_ENDIAN = 1;
    static final int VERSION = 0;

    /** What is being read, for the message when the bytes run out. */
    static final String VALUE = "a value";

    final Input in;

    /** The pairs of all lists that are not complete yet; those of the innermost list come last. */
    final PairStack pairs = new PairStack();

    Decoder(Input in) {
        this.in = in;
    }

    static NvList decode(ByteBuffer packed) {
        Input in = new Input(packed);
        int encoding = in.int8("the encoding");
        int endian = in.int8("the byte order");
        in.skip(Short.BYTES, "the header");
        Decoder decoder = switch (encoding) {
            case NATIVE -> new NativeDecoder(in, order(in, endian));
            case XDR -> new XdrDecoder(in);
            default -> throw new MalformedNvListException("encoding " + encoding + " is not known", 0);
        };
        NvList list = decoder.list();
        packed.position(packed.position() + in.position());
        return list;
    }

    private static ByteOrder order(Input in, int endian) {
        return switch (endian) {
            case 0 -> ByteOrder.BIG_ENDIAN;
            case LITTLE_ENDIAN -> ByteOrder.LITTLE_ENDIAN;
            default -> throw in.malformed("byte order " + endian + " is not known");
        };
    }

    /** Reads the outermost list, after the first four bytes. */
    abstract NvList list();

    final Uniqueness header() {
        int version = in.int32("the version");
        if (version != VERSION) {
            throw in.malformed("version " + version + " is not known");
        }
        int flags = in.int32("the flags");
        return Uniqueness.ofFlags(flags)
                .orElseThrow(() -> in.malformed("flags 0x" + Integer.toHexString(flags) + " are not known"));
    }

    final NvList list(Uniqueness uniqueness, NvPair... all) {
        try {
            return new NvList(uniqueness, all);
        } catch (DuplicatePairException e) {
            throw in.malformed(e.problem());
        }
    }

    final void checkDepth(int depth) {
        if (depth > NvList.DEEPEST) {
            throw in.malformed("more than " + NvList.DEEPEST + " lists are inside each other");
        }
    }

    final NvType type(int code) {
        return NvType.ofCode(code).orElseThrow(() -> in.malformed("type " + code + " is not known"));
    }

    final void checkLength(NvType type, int length) {
        boolean fits = switch (type.shape) {
            case FLAG -> length == 0;
            case NUMBER, STRING, LIST -> length == 1;
            case NUMBERS, STRINGS, LISTS -> length >= 0;
        };
        if (!fits) {
            throw in.malformed("a " + type + " of " + Integer.toUnsignedString(length) + " elements");
        }
    }

    final void checkNumber(NvType type, long bits) {
        boolean truth = type == NvType.BOOLEAN_VALUE || type == NvType.BOOLEAN_ARRAY;
        if (truth && bits != 0 && bits != 1) {
            throw in.malformed("a " + type + " holds " + bits);
        }
    }

    final void checkSize(String what, int told, long found) {
        if (told != found) {
            throw in.malformed(what + " is told as " + Integer.toUnsignedString(told) + " bytes and is " + found);
        }
    }
}
