package dev.firstboot.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is the same in every Debian system: which directories exist, which of them are links, and which are empty at every boot. */
final class SystemPlaces {
    /** Links and their targets. */
    private static final Map<UnixPath, UnixPath> LINKS = Map.of(
            UnixPath.of("/bin"), UnixPath.of("/usr/bin"),
            UnixPath.of("/sbin"), UnixPath.of("/usr/sbin"),
            UnixPath.of("/lib"), UnixPath.of("/usr/lib"),
            UnixPath.of("/lib64"), UnixPath.of("/usr/lib64"),
            UnixPath.of("/var/run"), UnixPath.of("/run"),
            UnixPath.of("/var/lock"), UnixPath.of("/run/lock"));

    /** What the kernel or systemd mounts at every boot, hiding what the image has there. */
    private static final List<UnixPath> FILLED_AT_BOOT = List.of(
            UnixPath.of("/dev"), UnixPath.of("/proc"), UnixPath.of("/run"), UnixPath.of("/sys"), UnixPath.of("/tmp"));

    private static final Set<UnixPath> DIRECTORIES = Set.of(
            UnixPath.of("/"),
            UnixPath.of("/boot"),
            UnixPath.of("/etc"),
            UnixPath.of("/etc/systemd"),
            UnixPath.of("/etc/systemd/system"),
            UnixPath.of("/home"),
            UnixPath.of("/media"),
            UnixPath.of("/mnt"),
            UnixPath.of("/opt"),
            UnixPath.of("/root"),
            UnixPath.of("/srv"),
            UnixPath.of("/usr"),
            UnixPath.of("/usr/bin"),
            UnixPath.of("/usr/lib"),
            UnixPath.of("/usr/lib64"),
            UnixPath.of("/usr/libexec"),
            UnixPath.of("/usr/local"),
            UnixPath.of("/usr/sbin"),
            UnixPath.of("/usr/share"),
            UnixPath.of("/var"),
            UnixPath.of("/var/cache"),
            UnixPath.of("/var/lib"),
            UnixPath.of("/var/log"),
            UnixPath.of("/var/spool"),
            UnixPath.of("/var/tmp"));

    private SystemPlaces() {}

    /** Resolves links that are the same in every Debian system. */
    static UnixPath real(UnixPath path) {
        return linkAbove(path)
                .map(link -> UnixPath.of(
                        target(link) + path.value().substring(link.value().length())))
                .orElse(path);
    }

    /** Returns the link that the path is, or that is above it. */
    static Optional<UnixPath> linkAbove(UnixPath path) {
        return LINKS.keySet().stream().filter(path::startsWith).findFirst();
    }

    /** Returns whether every Debian system has a link at exactly this path. */
    static boolean isLink(UnixPath path) {
        return LINKS.containsKey(path);
    }

    /** Returns the target of a link. */
    static UnixPath target(UnixPath link) {
        return LINKS.getOrDefault(link, link);
    }

    /** Returns whether every Debian system has a directory there. */
    static boolean isDirectory(UnixPath path) {
        return DIRECTORIES.contains(real(path)) || FILLED_AT_BOOT.contains(path);
    }

    /** Returns the directory, filled anew at every boot, that the path is or lies in. */
    static Optional<UnixPath> filledAtBoot(UnixPath path) {
        UnixPath real = real(path);
        return FILLED_AT_BOOT.stream().filter(real::startsWith).findFirst();
    }
}
