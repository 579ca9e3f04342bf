package dev.firstboot.machine.container;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds what prevents both root and ordinary users from running containers on this host. Each obstacle starts with a verb. */
final class HostObstacles {
    private HostObstacles() {}

    /** Checks whether user namespaces are allowed at all. */
    static Optional<String> namespaces() {
        return lines("/proc/sys/user/max_user_namespaces").contains("0")
                ? Optional.of("needs user namespaces, and none are allowed here: set the sysctl"
                        + " user.max_user_namespaces to more than 0")
                : Optional.empty();
    }

    /**
     * Checks whether the host has a machine id.
     *
     * @param run how the reader of the message runs a command as root
     */
    static Optional<String> machineId(String run) {
        return lines("/etc/machine-id").stream().allMatch(String::isBlank)
                ? Optional.of(
                        "needs a machine id of this host, as systemd-nspawn does, and /etc/machine-id has none, as in"
                                + " an image of Docker's: " + run + " systemd-machine-id-setup once")
                : Optional.empty();
    }

    /** Returns the lines of a host file; none if it cannot be read. */
    static List<String> lines(String file) {
        try {
            return Files.readAllLines(Path.of(file));
        } catch (IOException e) {
            return List.of();
        }
    }
}
