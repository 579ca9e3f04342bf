package dev.firstboot.machine;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tree a container boots from.
 *
 * @param tree where the container finds it
 * @param shown what the command that starts the container begins with, so that the tree is there
 * @param original a directory where its files are before the first start
 */
record Rootfs(Path tree, List<String> shown, Path original) {
    private static final Tool ENV = Tool.of("env", "coreutils");
    private static final int LARGEST_HOSTS = 1 << 19;

    /**
     * What machines with this archive share: the directory it was unpacked to, once. Null where each has to unpack it for itself, or where this is a
     * directory.
     */
    static @Nullable Path shared(RootfsBoot spec) {
        requireThere(spec);
        if (Files.isDirectory(spec.rootfs())) {
            return null;
        }
        Optional<UnpackedArchives> archives = UnpackedArchives.in(spec.name(), spec.cacheDirectory());
        return archives.isPresent() ? archives.get().of(spec.rootfs()) : null;
    }

    /** The directory itself; or a layer over what is shared; or, where the kernel has no such layers, the archive unpacked with these ids. */
    static Rootfs prepare(RootfsBoot spec, @Nullable Path shared, Path directory, IdBlock ids) {
        if (Files.isDirectory(spec.rootfs())) {
            return new Rootfs(spec.rootfs(), List.of(), spec.rootfs());
        }
        Path tree = directory.resolve("rootfs");
        if (shared != null) {
            Path original = shared.resolve("tree");
            List<String> shown = Layer.command(spec.name(), original, ids, directory);
            if (Layer.isPossible(spec.name(), shown)) {
                return new Rootfs(tree, shown, original);
            }
        }
        unpack(spec, tree, ids);
        return new Rootfs(tree, List.of(), tree);
    }

    /** Its {@code /etc/hosts} before the first start; a usual one if it has none that is a file. No link is followed: the tree may be anybody's. */
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

    private static void unpack(RootfsBoot spec, Path tree, IdBlock ids) {
        try {
            Files.createDirectories(tree);
            Files.setAttribute(tree, "unix:uid", (int) ids.base());
            Files.setAttribute(tree, "unix:gid", (int) ids.base());
            ENV.run()
                    .addAll(UnpackedArchives.unpacking(spec.name(), spec.rootfs(), ids))
                    .directory(tree)
                    .stdin(spec.rootfs())
                    .execute();
        } catch (ToolCancelledException e) {
            throw MachineException.interrupted(spec.name(), "unpacking " + spec.rootfs());
        } catch (IOException | ToolException e) {
            throw new MachineException(
                    spec.name(), "cannot unpack " + spec.rootfs() + ": " + FullDisk.orSaid(e, tree, "directory()"), e);
        }
    }
}
