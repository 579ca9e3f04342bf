package dev.firstboot.machine.container;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.life.FullDisk;
import dev.firstboot.machine.life.HostTools;
import dev.firstboot.machine.life.Interruption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tree that a container boots from.
 *
 * @param tree where the container finds it
 * @param shown the prefix of the command that starts the container, which mounts the tree
 * @param original a directory with its files before the first start
 */
record Rootfs(Path tree, List<String> shown, Path original) {
    private static final Tool ENV = Tool.of("env", "coreutils");
    private static final Tool SH = Tool.of("sh", "dash");
    /** Where an ordinary user's machine finds its tree: users-machine.pl. */
    private static final Path USERS = Path.of("/run/firstboot/machine");

    private static final int LARGEST_HOSTS = 1 << 19;

    /**
     * Returns what all machines with this archive share: the directory into which it was unpacked, once. Null if each machine must unpack it for
     * itself, or if this is a directory.
     */
    static @Nullable Path shared(RootfsBoot spec, Realm realm, IdBlock ids) {
        requireThere(spec);
        if (Files.isDirectory(spec.rootfs())) {
            if (!realm.isHost()) {
                throw new MachineException(
                        spec.name(),
                        spec.rootfs()
                                + " is a directory, whose files only root can show with a machine's ids: boot an archive"
                                + " of it, or run as root");
            }
            return null;
        }
        Optional<UnpackedArchives> archives = UnpackedArchives.in(spec.name(), spec.cacheDirectory(), realm, ids);
        return archives.isPresent() ? archives.get().of(spec.rootfs()) : null;
    }

    /**
     * Returns the directory itself; or a layer over the shared tree; or, if the kernel does not support such layers, the archive unpacked with these
     * ids.
     */
    static Rootfs prepare(RootfsBoot spec, @Nullable Path shared, Path directory, Realm realm, IdBlock ids) {
        if (Files.isDirectory(spec.rootfs())) {
            return new Rootfs(spec.rootfs(), List.of(), spec.rootfs());
        }
        Path tree = directory.resolve("rootfs");
        if (shared != null) {
            Path original = shared.resolve("tree");
            List<String> shown = realm.isHost()
                    ? Layer.command(spec.name(), original, ids, directory)
                    : Layer.usersCommand(spec.name(), original, ids, directory);
            if (Layer.isPossible(spec.name(), realm, shown)) {
                return new Rootfs(realm.isHost() ? tree : USERS, shown, original);
            }
        }
        unpack(spec, tree, realm, ids);
        return realm.isHost()
                ? new Rootfs(tree, List.of(), tree)
                : new Rootfs(USERS, Layer.usersCommand(spec.name(), tree, ids, directory), tree);
    }

    /**
     * Returns its {@code /etc/hosts} before the first start; a default one if it has none that is a regular file. Follows no links, because the tree
     * may come from anybody.
     */
    byte[] hosts() throws IOException {
        Path etc = original.resolve("etc");
        Path hosts = etc.resolve("hosts");
        boolean there = Files.isDirectory(etc, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(hosts, LinkOption.NOFOLLOW_LINKS);
        if (!there) {
            return "127.0.0.1 localhost\n::1 localhost ip6-localhost ip6-loopback\n".getBytes(US_ASCII);
        }
        try (InputStream input = Files.newInputStream(hosts, LinkOption.NOFOLLOW_LINKS)) {
            return input.readNBytes(LARGEST_HOSTS);
        }
    }

    private static void requireThere(RootfsBoot spec) {
        if (!Files.isReadable(spec.rootfs())) {
            throw new MachineException(spec.name(), "its root file system " + spec.rootfs() + " is not there");
        }
    }

    private static void unpack(RootfsBoot spec, Path tree, Realm realm, IdBlock ids) {
        try {
            Files.createDirectories(tree);
            own(spec, tree, realm, ids);
            realm.in(ENV.run())
                    .addAll(UnpackedArchives.unpacking(spec.name(), spec.rootfs(), ids))
                    .directory(tree)
                    .stdin(spec.rootfs())
                    .execute();
        } catch (ToolCancelledException e) {
            throw Interruption.of(spec.name(), "unpacking " + spec.rootfs());
        } catch (IOException | ToolException e) {
            throw new MachineException(
                    spec.name(), "cannot unpack " + spec.rootfs() + ": " + FullDisk.orSaid(e, tree, "directory()"), e);
        }
    }

    private static void own(RootfsBoot spec, Path tree, Realm realm, IdBlock ids) throws IOException {
        if (realm.isHost()) {
            Files.setAttribute(tree, "unix:uid", (int) ids.base());
            Files.setAttribute(tree, "unix:gid", (int) ids.base());
        } else {
            String owner = Long.toString(ids.base());
            Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwxr-xr-x"));
            HostTools.execute(
                    spec.name(),
                    "preparing its files",
                    realm.in(SH.run("-c", "chown \"$0:$0\" \"$1\"", owner, tree.toString())));
        }
    }
}
