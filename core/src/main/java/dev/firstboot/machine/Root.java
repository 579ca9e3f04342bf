package dev.firstboot.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this process may do what only root may. */
final class Root {
    private Root() {}

    static void require(String what) {
        if (!isRoot()) {
            throw new MachineException(
                    "container", what + " needs root: run as root, or boot a disk image instead, which does not");
        }
    }

    static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            return false;
        }
    }
}
