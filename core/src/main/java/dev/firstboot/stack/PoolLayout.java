package dev.firstboot.stack;

import dev.firstboot.image.DatasetSpec;
import java.util.Collections;
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
public record PoolLayout(List<Filesystem> filesystems) {
    /** The pool's name. */
    public static final String POOL = "rpool";
    /** The boot environment that a disk is baked with. */
    public static final String ENVIRONMENT = "original";

    /** Below it are the boot environments. */
    public static final String ENVIRONMENTS = POOL + "/ROOT";

    /** Below it is what stays when the system rolls back. */
    public static final String KEPT = POOL + "/KEEP";

    /** What logs may take of the pool, in percent. */
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
     * @param mountpoint where it belongs
     * @param automatic whether {@code zfs mount -a} mounts it
     * @param properties what else is set on it
     */
    public record Filesystem(String name, String mountpoint, boolean automatic, Map<String, String> properties) {
        public Filesystem {
            properties = Collections.unmodifiableMap(new TreeMap<>(properties));
        }
    }

    /** The dataset of a boot environment. */
    public static String root(String environment) {
        return ENVIRONMENTS + "/" + environment;
    }

    /** The layout of the disk of an image with these datasets. */
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
