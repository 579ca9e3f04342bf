package dev.firstboot.bake.disk;

import dev.firstboot.internal.tool.ShellWords;
import dev.firstboot.stack.PoolLayout;
import dev.firstboot.stack.PoolLayout.Filesystem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The commands with which OpenZFS itself makes a pool of some layout, in the builder guest. */
record PoolScripts(PoolLayout layout) {
    /** Properties of the pool while it is filled: where writing fails the guest ends at once. */
    private static final List<String> POOL_OPTIONS =
            List.of("ashift=12", "autotrim=on", "cachefile=none", "failmode=panic");
    /** Nothing is written out in order while the pool is filled: it is whole, or thrown away. */
    private static final List<String> ROOT_OPTIONS = List.of(
            "compression=lz4",
            "acltype=posixacl",
            "xattr=sa",
            "dnodesize=auto",
            "relatime=on",
            "mountpoint=none",
            "canmount=off",
            "sync=disabled");

    /** The commands that make the pool on {@code $pool} below {@code /mnt} and mount it all there. */
    String create() {
        String pool = PoolLayout.POOL;
        List<String> lines = new ArrayList<>();
        lines.add("try zpool create -f" + options(" -o ", POOL_OPTIONS) + options(" -O ", ROOT_OPTIONS) + " -R /mnt "
                + pool + " \"$pool\"");
        lines.add("try zfs create -o mountpoint=none -o canmount=off " + PoolLayout.ENVIRONMENTS);
        lines.add("try zfs create -o mountpoint=none -o canmount=off " + PoolLayout.KEPT);
        layout.filesystems().forEach(filesystem -> lines.add(create(filesystem)));
        lines.add("try zpool set bootfs=" + PoolLayout.root(PoolLayout.ENVIRONMENT) + " " + pool);
        return String.join("\n", lines) + "\n";
    }

    /** The commands that leave the pool as a machine is to find it. */
    String finish() {
        return "try zfs inherit sync " + PoolLayout.POOL + "\ntry zpool set failmode=wait " + PoolLayout.POOL
                + "\ntry zpool export " + PoolLayout.POOL + "\n";
    }

    private static String create(Filesystem filesystem) {
        String options = filesystem.properties().entrySet().stream()
                .map(entry -> " -o " + ShellWords.quote(entry.getKey() + "=" + entry.getValue()))
                .collect(Collectors.joining());
        boolean automatic = filesystem.automatic();
        return "try zfs create -o canmount=" + (automatic ? "on" : "noauto") + " -o mountpoint="
                + ShellWords.quote(filesystem.mountpoint()) + options + " " + filesystem.name()
                + (automatic ? "" : "\ntry zfs mount " + filesystem.name());
    }

    private static String options(String flag, List<String> options) {
        return options.stream().map(option -> flag + option).collect(Collectors.joining());
    }
}
