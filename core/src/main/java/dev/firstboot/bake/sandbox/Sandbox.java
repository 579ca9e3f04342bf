package dev.firstboot.bake.sandbox;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.file.Trees;
import dev.firstboot.internal.tool.ThisProcess;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.internal.tool.UserNamespace;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

/**
 * Runs programs as root of their own namespaces, and of nothing else: users, mounts, processes, IPC and host name. Their mounts and processes are
 * gone when they end, however they end. Root of the host maps them to unused ids; any other user maps them to the ids in {@code /etc/subuid}.
 *
 * <p>Inside there is one writable directory, a {@code /dev} with harmless devices only, and the host name {@code localhost}. The rest of the host's
 * files are accessible as for an unrelated user.
 */
public final class Sandbox {
    private static final Tool PERL = Tool.of("perl", "perl");
    private static final Tool UNSHARE = Tool.of("unshare", "util-linux");
    private static final Tool NEWUIDMAP = Tool.of("newuidmap", "uidmap");
    private static final String IDS = UserNamespace.perl(Resources.text(Sandbox.class, "ids.pl"));
    private static final String INSIDE = Resources.text(Sandbox.class, "inside.sh");
    private static final String MOUNT_POINT = "/root";

    private final Path directory;

    private Sandbox(Path directory) {
        this.directory = directory;
    }

    /**
     * Creates {@code directory}, the writable one of the sandbox. The first run makes its programs the owner of everything in it.
     *
     * @throws dev.firstboot.internal.tool.ToolException if this host does not let its user be root of namespaces; it says what to do
     */
    public static Sandbox create(Path directory) throws IOException {
        Files.createDirectory(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        new Sandbox(Files.createDirectory(directory.resolve("trial")))
                .run("true")
                .hint(Obstacle.hint())
                .execute();
        return new Sandbox(directory);
    }

    /** Returns the path, for programs inside, of a file in the sandbox's directory. */
    public String path(String name) {
        return MOUNT_POINT + "/" + name;
    }

    /** Creates a file in the sandbox's directory, before the first run; returns its path inside. */
    public String write(String name, byte[] content) throws IOException {
        Files.write(directory.resolve(name), content);
        return path(name);
    }

    /** Creates a directory in the sandbox's directory, before the first run. */
    public Path directory(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name));
    }

    /** Moves a file that was made inside to {@code target}, where this process owns it. */
    public Path take(String name, Path target) throws IOException {
        outside("sh", "-euc", "mv -T -- \"$0\" \"$1\"; chown -h 0:0 -- \"$1\"")
                .add(directory.resolve(name).toString(), target.toString())
                .execute();
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("what was made as " + name + " is not a file");
        }
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r--r--"));
        return target;
    }

    /** Returns the description of a program's run without network. */
    public ToolRun run(String program, String... arguments) throws IOException {
        return run(List.of("--net"), program, arguments);
    }

    /** Returns the description of a program's run with the host's network. */
    public ToolRun runOnline(String program, String... arguments) throws IOException {
        return run(List.of(), program, arguments);
    }

    private ToolRun run(List<String> more, String program, String... arguments) throws IOException {
        return outside(PERL.require().toString(), "-e", IDS, Integer.toString(Ids.base()), directory.toString())
                .add(UNSHARE.require().toString(), "--mount", "--pid", "--ipc", "--uts", "--fork", "--kill-child")
                .addAll(more)
                .add("sh", "-c", INSIDE, "firstboot-sandbox", program)
                .add(arguments)
                // The caller's own home may not exist inside.
                .env("HOME", MOUNT_POINT)
                .env("TMPDIR", "/tmp")
                // Nothing inside is worth waiting for.
                .grace(Duration.ZERO);
    }

    /** Returns a run just outside of sandboxes: as root, or as root of a user namespace in which this user is 0 and the ids of sandboxes follow. */
    private static ToolRun outside(String program, String... arguments) {
        ToolRun run;
        if (ThisProcess.isRoot()) {
            run = UNSHARE.run("--mount");
        } else {
            NEWUIDMAP.require();
            run = UNSHARE.run("--user", "--map-root-user", "--map-auto", "--mount");
        }
        return run.add("--", program).add(arguments);
    }

    /**
     * Deletes a tree whose files may belong to sandbox ids.
     *
     * @see Trees#delete
     */
    public static void delete(Path tree) throws IOException {
        try {
            Trees.delete(tree);
        } catch (AccessDeniedException e) {
            if (ThisProcess.isRoot()) {
                throw e;
            }
            boolean interrupted = Thread.interrupted();
            try {
                // The directory is bound without anything mounted below it.
                outside("sh", "-euc", "mount --bind \"$0\" /root; exec find /root -xdev -mindepth 1 -delete")
                        .add(tree.toRealPath().toString())
                        .execute();
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            Trees.delete(tree);
        }
    }
}
