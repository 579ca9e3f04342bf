package dev.firstboot.bake.sandbox;

import dev.firstboot.internal.tool.ThisProcess;
import dev.firstboot.internal.tool.UserNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The ids outside of a sandbox that its root and users map to. */
final class Ids {
    /** The number of ids of a sandbox. */
    private static final long COUNT = 65_536;
    /** The last block of those that systemd reserves for containers (UIDS-GIDS.md): no user of the host has them. */
    private static final int UNUSED = 0x6FFE_0000;

    private static final Path MAP = Path.of("/proc/self/uid_map");

    private Ids() {}

    /**
     * Returns the first id. If root creates the sandbox, it is an unused one, or root itself if this is only root of a container without more ids;
     * else the first that {@code /etc/subuid} assigns to the user, numbered after the user's own, which is 0.
     */
    static int base() throws IOException {
        if (!ThisProcess.isRoot()) {
            return 1;
        }
        return UserNamespace.hasIds(Files.readAllLines(MAP), UNUSED, COUNT) ? UNUSED : 0;
    }
}
