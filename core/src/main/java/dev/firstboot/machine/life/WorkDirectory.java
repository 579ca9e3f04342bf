package dev.firstboot.machine.life;

import dev.firstboot.machine.MachineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where a machine keeps its console, sockets, overlays and unpacked files while it exists. */
public final class WorkDirectory {
    /** {@code sun_path} of unix(7) holds 108 bytes, its end included. */
    private static final int LONGEST_SOCKET = 107;

    private WorkDirectory() {}

    /** A path of its own under {@code parent}, or under the host's place for large temporary files; nothing is made yet. */
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

    /** A machine's name with something unique behind it. */
    public static String id(String machine) {
        return machine + "-" + UUID.randomUUID().toString().substring(0, 8);
    }

    /** {@code /tmp} may be memory; what a machine writes may be large. */
    private static Path defaultParent() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Path large = Path.of("/var/tmp");
        return temporary.equals(Path.of("/tmp")) && Files.isWritable(large) ? large : temporary.toAbsolutePath();
    }
}
