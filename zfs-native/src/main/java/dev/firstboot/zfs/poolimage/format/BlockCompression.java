package dev.firstboot.zfs.poolimage.format;

/**
 * How a block is compressed: {@code enum zio_compress}, as far as this writer uses it, and the level if there are several.
 *
 * @param code the number in block pointers
 * @param level as in {@code enum zio_zstd_levels}; zero if there are none
 */
public record BlockCompression(int code, int level) {
    /** {@code ZIO_COMPRESS_OFF}. */
    public static final BlockCompression OFF = new BlockCompression(2, 0);

    /** {@code ZIO_COMPRESS_LZ4}. */
    public static final BlockCompression LZ4 = new BlockCompression(15, 0);

    /** {@code ZIO_COMPRESS_ZSTD}. */
    private static final int ZSTD = 16;

    /** {@code ZIO_ZSTD_LEVEL_DEFAULT}. */
    private static final int DEFAULT_LEVEL = 3;

    /** {@code SPA_COMPRESSBITS}. */
    private static final int CODE_BITS = 7;

    /** {@code ZIO_COMPRESS_ON}. */
    private static final int ON = 1;

    /** Returns Zstandard at a level from 1 to 19. */
    public static BlockCompression zstd(int level) {
        return new BlockCompression(ZSTD, level);
    }

    /** Returns the compression for the number of a {@code compression} property: {@code ZIO_COMPRESS_ALGO} and {@code ZIO_COMPRESS_LEVEL}. */
    public static BlockCompression ofProperty(long number) {
        int code = (int) number & (1 << CODE_BITS) - 1;
        if (code == ZSTD) {
            int level = (int) (number >> CODE_BITS);
            return zstd(level == 0 ? DEFAULT_LEVEL : level);
        }
        return code == LZ4.code || code == ON ? LZ4 : OFF;
    }

    /** Returns the number that the {@code compression} property stores for it. */
    public long property() {
        return code | (long) level << CODE_BITS;
    }

    /** Returns whether it is Zstandard, which is a feature of the datasets that use it. */
    public boolean isZstd() {
        return code == ZSTD;
    }
}
