package dev.firstboot.zfs.poolimage.format;

/** What a filesystem may have in it that needs a feature of the pool, told in each dataset that has it. */
public enum DatasetFeature {
    /** Blocks over 128 KiB. */
    LARGE_BLOCKS,
    /** Blocks compressed with Zstandard. */
    ZSTD_COMPRESS,
    /** Numbers of files by user and group. */
    USEROBJ_ACCOUNTING,
    /** Bytes and numbers of files by project. */
    PROJECT_QUOTA
}
