package dev.firstboot.bake.disk;

import dev.firstboot.image.DatasetSpec;
import dev.firstboot.zfs.poolimage.CanMount;
import dev.firstboot.zfs.poolimage.PoolImage;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pool's datasets. What rolls back together is below one boot environment and mounted by the initramfs; what stays is apart and mounted by
 * {@code zfs-mount.service}. Sorted by mountpoint, so that each is mounted into the one above it.
 *
 * @param filesystems those with files in them
 */
record PoolLayout(List<Filesystem> filesystems) {
    static final String POOL = "rpool";
    static final String ENVIRONMENT = "original";

    /** What logs may take of the pool, in percent. */
    private static final String LOG_SHARE = "10";

    /** Properties that all datasets inherit. */
    private static final Map<String, String> INHERITED = new TreeMap<>(
            Map.of("compression", "lz4", "acltype", "posixacl", "xattr", "sa", "dnodesize", "auto", "relatime", "on"));

    PoolLayout {
        filesystems = List.copyOf(filesystems);
    }

    /**
     * One dataset with files.
     *
     * @param name its full name
     * @param mountpoint where it belongs
     * @param automatic whether {@code zfs mount -a} mounts it
     * @param properties what else is set on it
     */
    record Filesystem(String name, String mountpoint, boolean automatic, Map<String, String> properties) {
        Filesystem {
            properties = new TreeMap<>(properties);
        }
    }

    /** The dataset of a boot environment. */
    static String root(String environment) {
        return POOL + "/ROOT/" + environment;
    }

    /** The layout of the disk of an image with these datasets. */
    static PoolLayout of(List<DatasetSpec> datasets) {
        Map<String, Filesystem> byMountpoint = new TreeMap<>(Comparator.naturalOrder());
        add(byMountpoint, new Filesystem(root(ENVIRONMENT), "/", false, Map.of()));
        add(byMountpoint, new Filesystem(POOL + "/KEEP/home", "/home", true, Map.of()));
        add(byMountpoint, new Filesystem(POOL + "/KEEP/log", "/var/log", true, Map.of(DatasetSpec.SHARE, LOG_SHARE)));
        datasets.forEach(set -> add(byMountpoint, filesystem(set)));
        return new PoolLayout(List.copyOf(byMountpoint.values()));
    }

    /** Describes the pool to the writer of pool images. */
    PoolImage.Builder writeTo(PoolImage.Builder pool) {
        pool.pool(POOL)
                .autotrim(true)
                .root(root -> {
                    root.mountpoint("none").canmount(CanMount.OFF);
                    INHERITED.forEach(root::property);
                })
                .addDataset("ROOT", root -> root.mountpoint("none").canmount(CanMount.OFF))
                .addDataset("KEEP", keep -> keep.mountpoint("none").canmount(CanMount.OFF))
                .bootfs(inPool(root(ENVIRONMENT)));
        for (Filesystem filesystem : filesystems) {
            pool.addDataset(inPool(filesystem.name()), dataset -> {
                dataset.mountpoint(filesystem.mountpoint())
                        .canmount(filesystem.automatic() ? CanMount.ON : CanMount.NOAUTO);
                filesystem.properties().forEach(dataset::property);
            });
        }
        return pool;
    }

    private static String inPool(String dataset) {
        return dataset.substring(POOL.length() + 1);
    }

    private static Filesystem filesystem(DatasetSpec set) {
        boolean keep = set.placement() == DatasetSpec.Placement.KEEP;
        String parent = keep ? POOL + "/KEEP" : root(ENVIRONMENT);
        return new Filesystem(parent + "/" + set.name(), set.mountpoint().toString(), keep, set.properties());
    }

    private static void add(Map<String, Filesystem> byMountpoint, Filesystem filesystem) {
        byMountpoint.values().removeIf(other -> other.name().equals(filesystem.name()));
        byMountpoint.put(filesystem.mountpoint(), filesystem);
    }
}
