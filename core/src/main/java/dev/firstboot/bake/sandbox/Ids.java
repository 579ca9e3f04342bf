package dev.firstboot.bake.sandbox;

import dev.firstboot.internal.tool.ThisProcess;
import dev.firstboot.internal.tool.UserNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The ids that root of a sandbox and its users have outside of it. */
final class Ids {
    /** How many ids a sandbox has. */
    private static final long COUNT = 65_536;
    /** The last block of those that systemd sets aside for containers (UIDS-GIDS.md): no user of the host has them. */
    private static final int UNUSED = 0x6FFE_0000;

    private static final Path MAP = Path.of("/proc/self/uid_map");

    private Ids() {}

    /**
     * The first of them. Where root makes the sandbox it is one that nobody has, or root itself where this is only root of a container and has no further
     * ids; else the first that {@code /etc/subuid} gives the user, as it is numbered beside the user's own, which is 0.
     */
    static int base() throws IOException {
        if (!ThisProcess.isRoot()) {
            return 1;
        }
        return UserNamespace.hasIds(Files.readAllLines(MAP), UNUSED, COUNT) ? UNUSED : 0;
    }
}
