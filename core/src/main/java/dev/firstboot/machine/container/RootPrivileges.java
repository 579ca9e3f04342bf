package dev.firstboot.machine.container;

import dev.firstboot.internal.tool.EffectiveCapabilities;
import dev.firstboot.machine.MachineException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Checks whether this process may do what containers need; if not, says why and what to do. */
final class RootPrivileges {
    /** The capabilities needed by systemd-nspawn, the network, the layers, and users with ids of their own. */
    private static final List<String> NEEDED = List.of(
            "CAP_SYS_ADMIN",
            "CAP_NET_ADMIN",
            "CAP_SYS_PTRACE",
            "CAP_SYS_CHROOT",
            "CAP_MKNOD",
            "CAP_SETUID",
            "CAP_SETGID",
            "CAP_SETFCAP",
            "CAP_CHOWN",
            "CAP_FOWNER",
            "CAP_DAC_OVERRIDE",
            "CAP_KILL");

    /** Where {@link ControlGroups} creates directories. */
    private static final Set<String> HIERARCHIES =
            Set.of("/sys/fs/cgroup", "/sys/fs/cgroup/systemd", "/sys/fs/cgroup/unified");

    private static final String WAY_OUT = ", or boot a disk image instead, which needs no root";

    private RootPrivileges() {}

    /** Checks root. {@link Unprivileged} checks an ordinary user. */
    static void require(String what) {
        obstacle().ifPresent(reason -> {
            throw new MachineException("container", what + " " + reason + WAY_OUT);
        });
    }

    /** Returns why root cannot run containers and what to do, starting with a verb; empty if no obstacle is known. */
    private static Optional<String> obstacle() {
        List<String> missing = EffectiveCapabilities.missing(NEEDED);
        if (!missing.isEmpty()) {
            return Optional.of(
                    "needs " + String.join(", ", missing) + ", which this process lacks although it is root, as"
                            + " in Docker with its usual limits: run it with --cap-add for each, or with --privileged");
        }
        Optional<String> namespaces = HostObstacles.namespaces();
        if (namespaces.isPresent()) {
            return namespaces;
        }
        if (readOnlyControlGroups(HostObstacles.lines("/proc/self/mountinfo"))) {
            return Optional.of(
                    "needs control groups of its own, and /sys/fs/cgroup is read-only here, as in Docker with its"
                            + " usual limits: run it with -v /sys/fs/cgroup:/sys/fs/cgroup:rw, or with --privileged");
        }
        return HostObstacles.machineId("run");
    }

    /** Returns whether one of the hierarchies in which containers get a place is read-only in these lines of {@code /proc/self/mountinfo}. */
    static boolean readOnlyControlGroups(List<String> mounts) {
        return mounts.stream()
                .filter(line -> line.contains(" - cgroup"))
                .map(line -> line.split(" ", -1))
                .anyMatch(fields -> HIERARCHIES.contains(fields[4])
                        && List.of(fields[5].split(",", -1)).contains("ro"));
    }
}
