package dev.firstboot.machine.container;

import dev.firstboot.internal.tool.ThisProcess;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.machine.MachineException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks whether an ordinary user may run containers here; if not, says why and what to do. */
final class Unprivileged {
    private static final Tool NEWUIDMAP = Tool.of("newuidmap", "uidmap");
    private static final Tool NEWGIDMAP = Tool.of("newgidmap", "uidmap");
    private static final String WAY_OUT = ". Or run it as root, or boot a disk image instead, which takes none of this";

    private Unprivileged() {}

    /** Returns the ids that this process's user has in namespaces. */
    static SubordinateIds require(String what) {
        String name = String.valueOf(System.getProperty("user.name"));
        SubordinateIds ids = new SubordinateIds(
                ids(name, "uid", HostObstacles.lines("/etc/subuid")),
                ids(name, "gid", HostObstacles.lines("/etc/subgid")));
        String obstacle = obstacle(name, ids);
        if (obstacle != null) {
            throw new MachineException("container", "without root " + what + " " + obstacle + WAY_OUT);
        }
        return ids;
    }

    private static SubordinateIds.Ids ids(String name, String kind, List<String> lines) {
        return SubordinateIds.Ids.of(name, own("uid"), own(kind), lines);
    }

    private static long own(String kind) {
        try {
            return kind.equals("uid") ? ThisProcess.user() : ThisProcess.group();
        } catch (IOException e) {
            throw new MachineException("container", "cannot tell who runs it: " + e.getMessage(), e);
        }
    }

    /** Returns why not, starting with a verb; null if no obstacle is known. */
    private static @Nullable String obstacle(String name, SubordinateIds ids) {
        Optional<String> namespaces = HostObstacles.namespaces();
        if (namespaces.isPresent()) {
            return namespaces.get();
        }
        if (HostObstacles.lines("/proc/sys/kernel/unprivileged_userns_clone").contains("0")) {
            return "needs user namespaces, and only root may have them here: set the sysctl kernel.unprivileged_userns_clone to 1";
        }
        if (HostObstacles.lines("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
                .contains("1")) {
            return "needs user namespaces with capabilities, which AppArmor keeps from users here, as Ubuntu does: set the sysctl"
                    + " kernel.apparmor_restrict_unprivileged_userns to 0";
        }
        for (Tool tool : List.of(NEWUIDMAP, NEWGIDMAP)) {
            if (!tool.isInstalled()) {
                return "needs " + tool + ", which is not installed: install the package " + tool.debianPackage();
            }
        }
        if (HostObstacles.lines("/proc/self/status").contains("NoNewPrivs:\t1")) {
            return "needs " + NEWUIDMAP
                    + " to give it ids, which has no effect as this process may gain no privileges (no_new_privs): begin"
                    + " the program without NoNewPrivileges=yes, or without Docker's --security-opt no-new-privileges";
        }
        if (ids.blocks() == 0) {
            boolean users = ids.users().count() < IdBlock.COUNT;
            return "needs " + IdBlock.COUNT + " subordinate ids, and " + (users ? "/etc/subuid" : "/etc/subgid")
                    + " gives " + (users ? ids.users() : ids.groups()).count() + " to user " + name
                    + ": have root run  usermod --add-subuids 100000-165535 --add-subgids 100000-165535 " + name
                    + "  with ranges that nobody else has there";
        }
        Optional<String> groups = ControlGroups.usersObstacle();
        if (groups.isPresent()) {
            return groups.get();
        }
        return HostObstacles.machineId("have root run").orElse(null);
    }
}
