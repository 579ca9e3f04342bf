package dev.firstboot.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A container's own place in the host's control group hierarchies: those that systemd counts processes in, be they of version 1,
 * version 2 or both side by side. Without it containers started by one process would take each other's processes for their own.
 */
final class ControlGroups {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private ControlGroups() {}

    /** The directories for a container of this name; they do not exist yet. */
    static List<Path> of(String id) {
        return Stream.of(ROOT.resolve("systemd"), ROOT.resolve("unified"), ROOT)
                .filter(hierarchy -> Files.exists(hierarchy.resolve("cgroup.procs")))
                .map(hierarchy -> hierarchy.resolve("firstboot-" + id))
                .toList();
    }
}
