package dev.firstboot.zfs.nvlist;

import java.util.Optional;

/** The 27 types of a value: {@code data_type_t} of {@code sys/nvpair.h}, in its order. */
public enum NvType {
    /** A name without a value; its presence is the value. */
    BOOLEAN(1, Shape.FLAG, 0),
    /** 0 to 255, C's {@code uchar_t}; Java {@code int}. */
    BYTE(2, Shape.NUMBER, 1),
    /** Java {@code short}. */
    INT16(3, Shape.NUMBER, 2),
    /** 0 to 65535; Java {@code int}. */
    UINT16(4, Shape.NUMBER, 2),
    /** Java {@code int}. */
    INT32(5, Shape.NUMBER, 4),
    /** 0 to 2<sup>32</sup>-1; Java {@code long}. */
    UINT32(6, Shape.NUMBER, 4),
    /** Java {@code long}. */
    INT64(7, Shape.NUMBER, 8),
    /** Java {@code long}, all 64 bits of it unsigned, as {@link Long#toUnsignedString(long)} reads them. */
    UINT64(8, Shape.NUMBER, 8),
    /** Bytes up to a NUL; Java {@code String}. Read as UTF-8; a byte that is not becomes the lone surrogate U+DC00 + byte, and is restored when packed. */
    STRING(9, Shape.STRING, 1),
    /** Java {@code byte[]}. */
    BYTE_ARRAY(10, Shape.NUMBERS, 1),
    /** Java {@code short[]}. */
    INT16_ARRAY(11, Shape.NUMBERS, 2),
    /** Java {@code int[]} of 0 to 65535. */
    UINT16_ARRAY(12, Shape.NUMBERS, 2),
    /** Java {@code int[]}. */
    INT32_ARRAY(13, Shape.NUMBERS, 4),
    /** Java {@code long[]} of 0 to 2<sup>32</sup>-1. */
    UINT32_ARRAY(14, Shape.NUMBERS, 4),
    /** Java {@code long[]}. */
    INT64_ARRAY(15, Shape.NUMBERS, 8),
    /** Java {@code long[]}, each unsigned. */
    UINT64_ARRAY(16, Shape.NUMBERS, 8),
    /** Java {@code List<String>}. */
    STRING_ARRAY(17, Shape.STRINGS, 8),
    /** Nanoseconds; Java {@code long}. */
    HRTIME(18, Shape.NUMBER, 8),
    /** A list in the list; Java {@link NvList}. */
    NVLIST(19, Shape.LIST, 24),
    /** Java {@code List<NvList>}. */
    NVLIST_ARRAY(20, Shape.LISTS, 32),
    /** True or false; Java {@code boolean}. */
    BOOLEAN_VALUE(21, Shape.NUMBER, 4),
    /** Java {@code byte}. */
    INT8(22, Shape.NUMBER, 1),
    /** 0 to 255; Java {@code int}. */
    UINT8(23, Shape.NUMBER, 1),
    /** Java {@code boolean[]}. */
    BOOLEAN_ARRAY(24, Shape.NUMBERS, 4),
    /** Java {@code byte[]}. */
    INT8_ARRAY(25, Shape.NUMBERS, 1),
    /** Java {@code byte[]}, each element 0 to 255 as {@link Byte#toUnsignedInt(byte)} reads it. */
    UINT8_ARRAY(26, Shape.NUMBERS, 1),
    /** Java {@code double}. The kernel does not know this type. */
    DOUBLE(27, Shape.NUMBER, 8);

    /** How values are laid out, which decides how they are packed. */
    enum Shape {
        FLAG,
        NUMBER,
        NUMBERS,
        STRING,
        STRINGS,
        LIST,
        LISTS
    }

    private static final NvType[] BY_CODE = values();

    private final int code;

    final Shape shape;

    /** The size of one element in C, in bytes; for strings and lists, of the fixed part. */
    final int width;

    NvType(int code, Shape shape, int width) {
        this.code = code;
        this.shape = shape;
        this.width = width;
    }

    /** Returns its number in C; {@code DATA_TYPE_BOOLEAN} is 1. */
    public int code() {
        return code;
    }

    /** Returns its name in C, for example {@code DATA_TYPE_UINT64}. */
    public String cName() {
        return "DATA_TYPE_" + name();
    }

    /** Returns whether its values are arrays. */
    public boolean isArray() {
        return shape == Shape.NUMBERS || shape == Shape.STRINGS || shape == Shape.LISTS;
    }

    static Optional<NvType> ofCode(int code) {
        return code >= 1 && code <= BY_CODE.length ? Optional.of(BY_CODE[code - 1]) : Optional.empty();
    }
}
