package dev.firstboot.zfs.poolimage.label;

import dev.firstboot.zfs.nvlist.NvEncoding;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import dev.firstboot.zfs.poolimage.block.VdevGeometry;
import java.util.List;

/**
 * The configuration of a pool on one disk, as labels and the {@code config} object contain it: {@code spa_config_generate} and {@code vdev_config_generate}.
 *
 * @param identity names and numbers of the pool
 * @param geometry the sizes of its only vdev
 * @param metaslabArray the object that lists the space maps
 * @param txg the last transaction group
 */
public record PoolConfig(PoolIdentity identity, VdevGeometry geometry, long metaslabArray, long txg) {
    /** {@code SPA_VERSION_FEATURES}. */
    static final long VERSION = 5000;

    /** {@code POOL_STATE_EXPORTED}. */
    private static final long EXPORTED = 1;

    /** The first transaction group of every pool: {@code TXG_INITIAL}. */
    private static final long FIRST_TXG = 4;

    /** The likely path of a disk with the image; an import that scans devices corrects it. */
    private static final String PATH_PREFIX = "/dev/disk/by-partlabel/";

    /** Returns the packed list for a label. */
    byte[] label() {
        return common().addUint64("top_guid", identity.vdevGuid())
                .addUint64("guid", identity.vdevGuid())
                .addUint64("vdev_children", 1)
                .addNvList("vdev_tree", disk())
                .addNvList(
                        "features_for_read",
                        NvList.builder()
                                .addFlag("com.delphix:hole_birth")
                                .addFlag("com.delphix:embedded_data")
                                .build())
                .build()
                .encode(NvEncoding.XDR);
    }

    /** Returns the packed list for the {@code config} object. */
    public byte[] object() {
        NvList root = NvList.builder()
                .addString("type", "root")
                .addUint64("id", 0)
                .addUint64("guid", identity.poolGuid())
                .addUint64("create_txg", FIRST_TXG)
                .addNvListArray("children", List.of(disk()))
                .build();
        return common().addUint64("vdev_children", 1)
                .addNvList("vdev_tree", root)
                .build()
                .encode(NvEncoding.XDR);
    }

    private NvListBuilder common() {
        return NvList.builder()
                .addUint64("version", VERSION)
                .addString("name", identity.name())
                .addUint64("state", EXPORTED)
                .addUint64("txg", txg)
                .addUint64("pool_guid", identity.poolGuid())
                .addUint64("errata", 0);
    }

    private NvList disk() {
        return NvList.builder()
                .addString("type", "disk")
                .addUint64("id", 0)
                .addUint64("guid", identity.vdevGuid())
                .addString("path", PATH_PREFIX + identity.name())
                .addUint64("whole_disk", 0)
                .addUint64("metaslab_array", metaslabArray)
                .addUint64("metaslab_shift", geometry.metaslabShift())
                .addUint64("ashift", geometry.ashift())
                .addUint64("asize", geometry.allocatableSize())
                .addUint64("is_log", 0)
                .addUint64("create_txg", FIRST_TXG)
                .build();
    }
}
