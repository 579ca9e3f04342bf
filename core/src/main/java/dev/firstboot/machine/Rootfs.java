package dev.firstboot.machine;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tree a container boots from.
 *
 * @param tree where the container finds it
 * @param shown what the command that starts the container begins with, so that the tree is there
 */
record Rootfs(Path tree, List<String> shown) {
    private static final Tool ENV = Tool.of("env", "coreutils");

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
            return new Rootfs(spec.rootfs(), List.of());
        }
        Path tree = directory.resolve("rootfs");
        if (shared != null && Layer.isPossible(shared.resolve("tree"), ids, directory)) {
            return new Rootfs(tree, Layer.command(shared.resolve("tree"), ids, directory));
        }
        unpack(spec, tree, ids);
        return new Rootfs(tree, List.of());
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
                    .addAll(UnpackedArchives.unpacking(spec.rootfs(), ids))
                    .directory(tree)
                    .stdin(spec.rootfs())
                    .execute();
        } catch (ToolCancelledException e) {
            throw MachineException.interrupted(spec.name(), "unpacking " + spec.rootfs());
        } catch (IOException | ToolException e) {
            throw new MachineException(spec.name(), "cannot unpack " + spec.rootfs() + ": " + HostTools.said(e), e);
        }
    }
}
