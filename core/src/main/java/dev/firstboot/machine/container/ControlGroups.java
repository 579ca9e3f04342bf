package dev.firstboot.machine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A container's own place in the host's cgroup hierarchies: those in which systemd tracks processes, be they version 1, version 2 or both. Without
 * it, containers started by one process would treat each other's processes as their own.
 */
final class ControlGroups {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");
    /** The file that marks a cgroup directory. */
    private static final String PROCESSES = "cgroup.procs";

    private ControlGroups() {}

    /** Returns the directories for a container of this name; they do not exist yet. */
    static List<Path> of(String id) {
        return Stream.of(ROOT.resolve("systemd"), ROOT.resolve("unified"), ROOT)
                .filter(hierarchy -> Files.exists(hierarchy.resolve(PROCESSES)))
                .map(hierarchy -> hierarchy.resolve(name(id)))
                .toList();
    }

    /**
     * Returns the directories for an ordinary user: below the version 2 cgroup of this process, which must belong to the user. A user whose process
     * is elsewhere may not move processes there.
     */
    static List<Path> ofUser(String id) {
        return own().stream().map(group -> group.resolve(name(id))).toList();
    }

    /** Returns why an ordinary user cannot have one and what to do, starting with a verb; empty if nothing is in the way. */
    static Optional<String> usersObstacle() {
        Optional<Path> own = own();
        if (own.isEmpty()) {
            return Optional.of("needs a control group of version 2, and this host has none mounted at " + ROOT
                    + ": start the host with systemd.unified_cgroup_hierarchy=1");
        }
        Path group = own.get();
        boolean writable = Files.isWritable(group) && Files.isWritable(group.resolve(PROCESSES));
        return writable
                ? Optional.empty()
                : Optional.of("needs a control group to make others in, and " + group
                        + ", where this process is, is not this user's: begin the program with"
                        + "  systemd-run --user --scope -p Delegate=yes");
    }

    private static String name(String id) {
        return "firstboot-" + id;
    }

    private static Optional<Path> own() {
        try {
            return own(
                    ROOT,
                    Files.readAllLines(Path.of("/proc/self/mountinfo")),
                    Files.readAllLines(Path.of("/proc/self/cgroup")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Returns the directory of the cgroup in these lines of {@code /proc/self/cgroup}, found through these lines of {@code mountinfo}, below
     * {@code root}.
     */
    static Optional<Path> own(Path root, List<String> mounts, List<String> groups) {
        Optional<String> path = groups.stream()
                .filter(line -> line.startsWith("0::/"))
                .map(line -> line.substring("0::".length()))
                .findFirst();
        return path.flatMap(place -> mounts.stream()
                .filter(line -> line.contains(" - cgroup2 "))
                .map(line -> line.split(" ", -1))
                .filter(fields ->
                        Path.of(fields[4]).startsWith(root) && Path.of(place).startsWith(fields[3]))
                .map(fields -> Path.of(fields[4]).resolve(Path.of(fields[3]).relativize(Path.of(place))))
                .map(Path::normalize)
                // One mount may hide another.
                .filter(group -> Files.exists(group.resolve(PROCESSES)))
                .findFirst());
    }
}
