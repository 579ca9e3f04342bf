package dev.firstboot.zfs.stream;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** A feature that the receiver of a stream must support: the {@code DMU_BACKUP_FEATURE_} flags of {@code sys/zfs_ioctl.h}. */
public enum StreamFeature {
    /** Blocks that refer to earlier blocks; no OpenZFS since 2.0 makes or takes it. */
    DEDUP(0),
    /** Properties of deduplicated blocks. */
    DEDUP_PROPERTIES(1),
    /** System attributes that spill into a block of their own. */
    SA_SPILL(2),
    /** Blocks so small that they were kept within a block pointer, sent so: {@code zfs send -e}. */
    EMBED_DATA(16),
    /** Blocks compressed with LZ4. */
    LZ4(17),
    /** Blocks of more than 128 KiB: {@code zfs send -L}. */
    LARGE_BLOCKS(19),
    /** The stream continues one that was received in part: {@code zfs send -t}. */
    RESUMING(20),
    /** The stream is redacted: {@code zfs send --redact}. */
    REDACTED(21),
    /** Blocks as they are on disk, compressed: {@code zfs send -c}. */
    COMPRESSED(22),
    /** Dnodes of more than 512 bytes. */
    LARGE_DNODE(23),
    /** The stream is raw: everything is as it is on disk. {@code zfs send -w}. */
    RAW(24),
    /** Blocks compressed with Zstandard. */
    ZSTD(25),
    /** Holds are sent too: {@code zfs send -h}. */
    HOLDS(26),
    /** Large blocks may replace small ones that were sent before. */
    SWITCH_TO_LARGE_BLOCKS(27),
    /** Names of files may have more than 255 bytes. */
    LONG_NAMES(28),
    /** Directories may use large micro-ZAPs. */
    LARGE_MICROZAP(29);

    private final int bit;

    StreamFeature(int bit) {
        this.bit = bit;
    }

    long mask() {
        return 1L << bit;
    }

    /** Returns the features among the flags that have a name here. */
    static Set<StreamFeature> of(long flags) {
        return Arrays.stream(values())
                .filter(feature -> (flags & feature.mask()) != 0)
                .collect(Collectors.toUnmodifiableSet());
    }
}
