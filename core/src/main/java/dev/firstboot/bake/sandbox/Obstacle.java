package dev.firstboot.bake.sandbox;

import dev.firstboot.internal.tool.EffectiveCapabilities;
import dev.firstboot.internal.tool.ThisProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds why this host lets nobody create a sandbox, and what to do. */
final class Obstacle {
    private static final String SYS_ADMIN = "CAP_SYS_ADMIN";

    /** The options for Docker and similar runtimes; AppArmor, if the host has it, forbids mounts whatever the capabilities are. */
    private static final String DOCKER =
            "With Docker or Podman: run --cap-add SYS_ADMIN --security-opt systempaths=unconfined"
                    + " --security-opt apparmor=unconfined, and --security-opt seccomp=unconfined for a user other than root";

    private static final String WITHOUT_RIGHT =
            "This root may not make namespaces: a container engine has taken " + SYS_ADMIN + " away. " + DOCKER;

    private static final String MASKED =
            "This container hides parts of /proc, so the kernel lets nobody mount a new one. " + DOCKER;

    private static final String NAMESPACES =
            "User namespaces must be allowed: the sysctls user.max_user_namespaces and, where there is one, kernel.unprivileged_userns_clone"
                    + " must not be 0. Run as root; any other user needs a line in /etc/subuid and one in /etc/subgid (package uidmap)";

    private static final String BELOW_PROC = "/proc/";
    /** Mounted on most hosts, and its mount point is empty, so the mount hides nothing. */
    private static final String BINFMT = "/proc/sys/fs/binfmt_misc";

    private static final int MOUNT_POINT = 4;

    private Obstacle() {}

    /** Returns the most likely detectable reason, and what to do about it. */
    static String hint() {
        if (ThisProcess.isRoot()
                && !EffectiveCapabilities.missing(List.of(SYS_ADMIN)).isEmpty()) {
            return WITHOUT_RIGHT;
        }
        return isProcMasked() ? MASKED : NAMESPACES;
    }

    /** Returns whether a mount covers parts of {@code /proc}: the kernel's mount_too_revealing() makes the same check. */
    private static boolean isProcMasked() {
        try {
            return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                    .map(line -> line.split(" ", -1)[MOUNT_POINT])
                    .anyMatch(mount -> mount.startsWith(BELOW_PROC) && !mount.equals(BINFMT));
        } catch (IOException e) {
            return false;
        }
    }
}
