package dev.firstboot.stack;

import dev.firstboot.image.DatasetSpec;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pool's datasets. What rolls back together is below one boot environment and mounted by the initramfs; what is kept is outside of it and mounted
 * by {@code zfs-mount.service}. Sorted by mountpoint, so that each is mounted into the one above it.
 *
 * @param filesystems the datasets that contain files
 */
public record PoolLayout(List<Filesystem> filesystems) {
    /** The pool's name. */
    public static final String POOL = "rpool";
    /** The boot environment that a disk is baked with. */
    public static final String ENVIRONMENT = "original";

    /** The parent of the boot environments. */
    public static final String ENVIRONMENTS = POOL + "/ROOT";

    /** The parent of what is kept when the system rolls back. */
    public static final String KEPT = POOL + "/KEEP";

    /** The share of the pool that logs may take, in percent. */
    private static final String LOG_SHARE = "10";

    /** Properties that all datasets inherit. */
    public static final Map<String, String> INHERITED = Collections.unmodifiableMap(new TreeMap<>(
            Map.of("compression", "lz4", "acltype", "posixacl", "xattr", "sa", "dnodesize", "auto", "relatime", "on")));

    public PoolLayout {
        filesystems = List.copyOf(filesystems);
    }

    /**
     * One dataset with files.
     *
     * @param name its full name
     * @param mountpoint where it is mounted
     * @param automatic whether {@code zfs mount -a} mounts it
     * @param properties its other properties
     */
    public record Filesystem(String name, String mountpoint, boolean automatic, Map<String, String> properties) {
        public Filesystem {
            properties = Collections.unmodifiableMap(new TreeMap<>(properties));
        }
    }

    /** Returns the dataset of a boot environment. */
    public static String root(String environment) {
        return ENVIRONMENTS + "/" + environment;
    }

    /** Returns the layout for the disk of an image with these datasets. */
    public static PoolLayout of(List<DatasetSpec> datasets) {
        Map<String, Filesystem> byMountpoint = new TreeMap<>(Comparator.naturalOrder());
        add(byMountpoint, new Filesystem(root(ENVIRONMENT), "/", false, Map.of()));
        add(byMountpoint, new Filesystem(KEPT + "/home", "/home", true, Map.of()));
        add(byMountpoint, new Filesystem(KEPT + "/log", "/var/log", true, Map.of(DatasetSpec.SHARE, LOG_SHARE)));
        datasets.forEach(set -> add(byMountpoint, filesystem(set)));
        return new PoolLayout(List.copyOf(byMountpoint.values()));
    }

    private static Filesystem filesystem(DatasetSpec set) {
        boolean keep = set.placement() == DatasetSpec.Placement.KEEP;
        String parent = keep ? KEPT : root(ENVIRONMENT);
        return new Filesystem(parent + "/" + set.name(), set.mountpoint().toString(), keep, set.properties());
    }

    private static void add(Map<String, Filesystem> byMountpoint, Filesystem filesystem) {
        byMountpoint.values().removeIf(other -> other.name().equals(filesystem.name()));
        byMountpoint.put(filesystem.mountpoint(), filesystem);
    }
}
