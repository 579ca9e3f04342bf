package dev.firstboot.machine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What keeps both root and ordinary users from running containers on this host. Each begins with a verb. */
final class HostObstacles {
    private HostObstacles() {}

    /** Whether user namespaces are allowed at all. */
    static Optional<String> namespaces() {
        return lines("/proc/sys/user/max_user_namespaces").contains("0")
                ? Optional.of("needs user namespaces, and none are allowed here: set the sysctl"
                        + " user.max_user_namespaces to more than 0")
                : Optional.empty();
    }

    /**
     * Whether the host has an identity.
     *
     * @param run how who reads it gets a command run as root
     */
    static Optional<String> machineId(String run) {
        return lines("/etc/machine-id").stream().allMatch(String::isBlank)
                ? Optional.of(
                        "needs a machine id of this host, as systemd-nspawn does, and /etc/machine-id has none, as in"
                                + " an image of Docker's: " + run + " systemd-machine-id-setup once")
                : Optional.empty();
    }

    /** The lines of a file of the host; none if it cannot be read. */
    static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
