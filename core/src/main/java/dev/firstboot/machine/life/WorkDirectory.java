package dev.firstboot.machine.life;

import dev.firstboot.machine.MachineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a machine keeps its console, sockets, overlays and unpacked files while it exists. */
public final class WorkDirectory {
    /** {@code sun_path} of unix(7) has 108 bytes, including the terminating NUL. */
    private static final int LONGEST_SOCKET = 107;

    private WorkDirectory() {}

    /** Returns a unique path under {@code parent}, or under the host's directory for large temporary files; nothing is created yet. */
    public static Path choose(String machine, String id, @Nullable Path parent) {
        Path home = parent == null ? defaultParent() : parent.toAbsolutePath().normalize();
        if (!Files.isDirectory(home)) {
            throw new MachineException(
                    machine,
                    "the directory " + home + " for its working files is not there: make it, or choose another"
                            + " directory()");
        }
        if (!Files.isWritable(home)) {
            throw new MachineException(
                    machine,
                    "this user may not write to " + home + ": choose another directory() for its working files");
        }
        Path directory = home.resolve("firstboot-" + id);
        if (directory.resolve("agent").toString().length() > LONGEST_SOCKET) {
            throw new MachineException(
                    machine,
                    "the path " + directory + " is too long for a socket inside it: choose a shorter directory()");
        }
        if (directory.toString().contains(" ")) {
            throw new MachineException(machine, "the path " + directory + " has a blank: choose another directory()");
        }
        return directory;
    }

    /** Returns a machine's name with a unique suffix. */
    public static String id(String machine) {
        return machine + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** Returns the default parent: {@code /tmp} may be in memory, and a machine may write a lot. */
    private static Path defaultParent() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path large = Path.of("/var/tmp");
        return temporary.equals(Path.of("/tmp")) && Files.isWritable(large) ? large : temporary.toAbsolutePath();
    }
}
