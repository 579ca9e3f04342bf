package dev.firstboot.bake.disk;

import dev.firstboot.bake.rootfs.ShellWords;
import dev.firstboot.image.Dataset;
import dev.firstboot.image.Image;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The pool's datasets. What rolls back together is below one boot environment and mounted by the initramfs; what stays is apart and mounted by
 * {@code zfs-mount.service}. Sorted by mountpoint, so that each is mounted into the one above it.
 *
 * @param filesystems those with files in them
 */
record PoolLayout(List<Filesystem> filesystems) {
    static final String POOL = "rpool";
    static final String ENVIRONMENT = "original";

    /** Properties of the pool while it is filled: where writing fails the guest ends at once. Features are what the machine's own OpenZFS knows. */
    private static final List<String> POOL_OPTIONS =
            List.of("ashift=12", "autotrim=on", "cachefile=none", "failmode=panic");
    /** Properties that all datasets begin with. Nothing is written out in order while the pool is filled: it is whole, or thrown away. */
    private static final List<String> ROOT_OPTIONS = List.of(
            "compression=lz4",
            "acltype=posixacl",
            "xattr=sa",
            "dnodesize=auto",
            "relatime=on",
            "mountpoint=none",
            "canmount=off",
            "sync=disabled");

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

        private String create() {
            String options = properties.entrySet().stream()
                    .map(entry -> " -o " + ShellWords.quote(entry.getKey() + "=" + entry.getValue()))
                    .collect(Collectors.joining());
            return "try zfs create -o canmount=" + (automatic ? "on" : "noauto") + " -o mountpoint="
                    + ShellWords.quote(mountpoint) + options + " " + name
                    + (automatic ? "" : "\ntry zfs mount " + name);
        }
    }

    /** The dataset of a boot environment. */
    static String root(String environment) {
        return POOL + "/ROOT/" + environment;
    }

    /** The layout of an image's disk. */
    static PoolLayout of(Image image) {
        Map<String, Filesystem> byMountpoint = new TreeMap<>(Comparator.naturalOrder());
        add(byMountpoint, new Filesystem(root(ENVIRONMENT), "/", false, Map.of()));
        add(byMountpoint, new Filesystem(POOL + "/KEEP/home", "/home", true, Map.of()));
        add(byMountpoint, new Filesystem(POOL + "/KEEP/log", "/var/log", true, Map.of()));
        image.recipes().forEach(recipe -> recipe.datasets().forEach(set -> add(byMountpoint, filesystem(set))));
        return new PoolLayout(List.copyOf(byMountpoint.values()));
    }

    /** The commands that make the pool on {@code $pool} below {@code /mnt} and mount it all there, for the builder guest. */
    String createScript() {
        List<String> lines = new ArrayList<>();
        lines.add("try zpool create -f" + options(" -o ", POOL_OPTIONS) + options(" -O ", ROOT_OPTIONS) + " -R /mnt "
                + POOL + " \"$pool\"");
        lines.add("try zfs create -o mountpoint=none -o canmount=off " + POOL + "/ROOT");
        lines.add("try zfs create -o mountpoint=none -o canmount=off " + POOL + "/KEEP");
        filesystems.forEach(filesystem -> lines.add(filesystem.create()));
        lines.add("try zpool set bootfs=" + root(ENVIRONMENT) + " " + POOL);
        return String.join("\n", lines) + "\n";
    }

    /** The commands that leave the pool as a machine is to find it. */
    String finishScript() {
        return "try zfs inherit sync " + POOL + "\ntry zpool set failmode=wait " + POOL + "\ntry zpool export " + POOL
                + "\n";
    }

    private static Filesystem filesystem(Dataset set) {
        boolean keep = set.placement() == Dataset.Placement.KEEP;
        String parent = keep ? POOL + "/KEEP" : root(ENVIRONMENT);
        return new Filesystem(parent + "/" + set.name(), set.mountpoint().toString(), keep, set.properties());
    }

    private static void add(Map<String, Filesystem> byMountpoint, Filesystem filesystem) {
        byMountpoint.values().removeIf(other -> other.name().equals(filesystem.name()));
        byMountpoint.put(filesystem.mountpoint(), filesystem);
    }

    private static String options(String flag, List<String> options) {
        return options.stream().map(option -> flag + option).collect(Collectors.joining());
    }
}
