package dev.firstboot.zfs.pool;

import dev.firstboot.zfs.pool.format.BlockCompression;

/** How file contents are compressed; metadata always is, as in OpenZFS. */
public enum Compression {
    /** Not at all; blocks of zeros still take no space. */
    OFF(BlockCompression.OFF),
    /** LZ4. */
    LZ4(BlockCompression.LZ4);

    private final BlockCompression stored;

    Compression(BlockCompression stored) {
        this.stored = stored;
    }

    BlockCompression stored() {
        return stored;
    }
}
