package dev.firstboot.zfs.poolimage.format;

/** The pool features that the contents of a filesystem may need. Each dataset that needs one names it. */
public enum DatasetFeature {
    /** Blocks over 128 KiB. */
    LARGE_BLOCKS,
    /** Blocks compressed with Zstandard. */
    ZSTD_COMPRESS,
    /** Counts of files by user and group. */
    USEROBJ_ACCOUNTING,
    /** Bytes and counts of files by project. */
    PROJECT_QUOTA
}
