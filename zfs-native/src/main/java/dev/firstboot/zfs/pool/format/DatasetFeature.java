package dev.firstboot.zfs.pool.format;

/** What a filesystem's blocks or dnodes may be that needs a feature of the pool, told in each dataset that has it. */
public enum DatasetFeature {
    /** Blocks over 128 KiB. */
    LARGE_BLOCKS,
    /** Blocks compressed with Zstandard. */
    ZSTD_COMPRESS,
    /** Dnodes over 512 bytes. */
    LARGE_DNODE
}
