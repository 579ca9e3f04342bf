package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.format.DatasetFeature;
import java.util.Locale;

/**
 * The features that a pool of this writer has enabled: all those of OpenZFS 2.1 ({@code zfeature_common.c}). {@code zpool upgrade}
 * adds the others.
 */
enum Feature {
    ASYNC_DESTROY("com.delphix", true, "destroying a dataset goes on in the background"),
    EMPTY_BPOBJ("com.delphix", true, "empty lists of blocks share one object"),
    LZ4_COMPRESS("org.illumos", false, "LZ4"),
    MULTI_VDEV_CRASH_DUMP("com.joyent", false, "crash dumps on several vdevs"),
    SPACEMAP_HISTOGRAM("com.delphix", true, "space maps tell sizes of free stretches"),
    ENABLED_TXG("com.delphix", true, "tells since when a feature is enabled"),
    HOLE_BIRTH("com.delphix", false, "holes tell when they were made"),
    EXTENSIBLE_DATASET("com.delphix", false, "datasets have further fields"),
    EMBEDDED_DATA("com.delphix", false, "tiny blocks live in their pointers"),
    BOOKMARKS("com.delphix", true, "bookmarks"),
    FILESYSTEM_LIMITS("com.joyent", true, "limits on numbers of filesystems and snapshots"),
    LARGE_BLOCKS("org.open-zfs", false, "records over 128 KiB"),
    LARGE_DNODE("org.zfsonlinux", false, "dnodes over 512 bytes"),
    SHA512("org.illumos", false, "SHA-512/256"),
    SKEIN("org.illumos", false, "Skein"),
    EDONR("org.illumos", false, "Edon-R"),
    DEVICE_REMOVAL("com.delphix", false, "top-level vdevs can be removed"),
    OBSOLETE_COUNTS("com.delphix", true, "counts blocks of removed vdevs"),
    ZPOOL_CHECKPOINT("com.delphix", true, "checkpoints"),
    SPACEMAP_V2("com.delphix", true, "space maps with long entries"),
    ALLOCATION_CLASSES("org.zfsonlinux", true, "vdevs for metadata and small blocks"),
    RESILVER_DEFER("com.datto", true, "resilvers wait for each other"),
    BOOKMARK_V2("com.datto", false, "larger bookmarks"),
    REDACTION_BOOKMARKS("com.delphix", false, "bookmarks with lists of what was left out"),
    REDACTED_DATASETS("com.delphix", false, "datasets received with parts left out"),
    BOOKMARK_WRITTEN("com.delphix", false, "bookmarks tell what was written since"),
    LOG_SPACEMAP("com.delphix", true, "changes to space maps are logged"),
    LIVELIST("com.delphix", true, "lists of a clone's blocks"),
    DEVICE_REBUILD("org.openzfs", true, "sequential rebuilds"),
    ZSTD_COMPRESS("org.freebsd", false, "Zstandard"),
    DRAID("org.openzfs", false, "distributed spares"),
    ENCRYPTION("com.datto", false, "encrypted datasets"),
    USEROBJ_ACCOUNTING("org.zfsonlinux", true, "numbers of files by user and group"),
    PROJECT_QUOTA("org.zfsonlinux", true, "space and numbers of files by project");

    private final String organization;
    private final boolean readOnlyCompatible;
    private final String description;

    Feature(String organization, boolean readOnlyCompatible, String description) {
        this.organization = organization;
        this.readOnlyCompatible = readOnlyCompatible;
        this.description = description;
    }

    /** Returns the pool feature for one that a dataset uses. */
    static Feature of(DatasetFeature feature) {
        return valueOf(feature.name());
    }

    /** Returns the name on disk. */
    String guid() {
        return organization + ":" + name().toLowerCase(Locale.ROOT);
    }

    /** Returns whether software without the feature may still read the pool. */
    boolean isReadOnlyCompatible() {
        return readOnlyCompatible;
    }

    /** Returns a short description, for software that does not know the feature. */
    String description() {
        return description;
    }
}
