package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.poolimage.format.BlockCompression;

/** How file contents are compressed; metadata always is, as in OpenZFS. */
public enum Compression {
    /** No compression; blocks of zeros still take no space. */
    OFF(BlockCompression.OFF.property()),
    /** LZ4, the default. */
    LZ4(BlockCompression.LZ4.property()),
    /** Zstandard at level 3; needs {@code com.github.luben:zstd-jni}, an optional dependency. */
    ZSTD(BlockCompression.zstd(3).property());

    private final long property;

    Compression(long property) {
        this.property = property;
    }

    /** The number that the {@code compression} property stores. */
    long property() {
        return property;
    }
}
