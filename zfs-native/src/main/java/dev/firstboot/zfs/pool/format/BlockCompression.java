package dev.firstboot.zfs.pool.format;

/** How a stored block is compressed: the numbers of {@code enum zio_compress} that this writer uses. */
public enum BlockCompression {
    /** {@code ZIO_COMPRESS_OFF}. */
    OFF(2),
    /** {@code ZIO_COMPRESS_LZ4}. */
    LZ4(15);

    private final int code;

    BlockCompression(int code) {
        this.code = code;
    }

    /** The number on disk, in block pointers and in the {@code compression} property. */
    public int code() {
        return code;
    }
}
