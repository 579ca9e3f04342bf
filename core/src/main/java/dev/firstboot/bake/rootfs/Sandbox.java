package dev.firstboot.bake.rootfs;

import dev.firstboot.internal.file.Trees;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs shell scripts as root in namespaces of their own: what they mount and start is gone when they end, however they end. Root itself needs no more than
 * that; anybody else becomes root of a user namespace, with the ids that {@code /etc/subuid} gives them.
 */
public final class Sandbox {
    /** What to do where neither of both is allowed. */
    static final String HINT =
            "Run as root, or let this user have user namespaces: the sysctl kernel.unprivileged_userns_clone"
                    + " must not be 0, and the user needs a line in /etc/subuid and one in /etc/subgid (package uidmap)";

    private static final Tool UNSHARE = Tool.of("unshare", "util-linux");
    private static final Tool NEWUIDMAP = Tool.of("newuidmap", "uidmap");

    private Sandbox() {}

    /** How mmdebstrap becomes root: {@code root} or {@code unshare}. */
    public static String mode() {
        return isRoot() ? "root" : "unshare";
    }

    /**
     * Finds out whether this host lets its user be root of namespaces.
     *
     * @throws dev.firstboot.internal.tool.ToolException saying what to do if it does not
     */
    public static void check() {
        UNSHARE.run(namespaces()).add("true").hint(HINT).execute();
    }

    /** Begins the description of a run of the script in {@code file} with these arguments; it gets no network. */
    public static ToolRun run(Path file, String... arguments) {
        return UNSHARE.run(namespaces()).add("sh", file.toString()).add(arguments);
    }

    /** Deletes a tree whose files may belong to ids that only the sandbox has. */
    public static void delete(Path tree) throws IOException {
        if (isRoot() || !Files.exists(tree)) {
            Trees.delete(tree);
            return;
        }
        boolean interrupted = Thread.interrupted();
        Path script = Files.createTempFile(tree.getParent(), "delete", ".sh");
        try {
            Files.writeString(script, "exec rm -rf --one-file-system -- \"$1\"\n");
            run(script, tree.toString()).execute();
        } finally {
            Files.deleteIfExists(script);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String[] namespaces() {
        List<String> words =
                new ArrayList<>(List.of("--mount", "--pid", "--ipc", "--net", "--uts", "--fork", "--kill-child"));
        if (!isRoot()) {
            NEWUIDMAP.require();
            words.addAll(List.of("--user", "--map-root-user", "--map-auto"));
        }
        return words.toArray(String[]::new);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
