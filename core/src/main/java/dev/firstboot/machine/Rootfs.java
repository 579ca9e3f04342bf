package dev.firstboot.machine;

import dev.firstboot.image.Resources;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.UserNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tree a container boots from. */
final class Rootfs {
    private static final Tool PERL = Tool.of("perl", "perl");
    private static final Tool TAR = Tool.of("tar", "tar");

    private Rootfs() {}

    /** The directory itself, or the archive unpacked with these ids; devices are left out, as a container gets its own. */
    static Path prepare(String machine, Path rootfs, Path directory, IdBlock ids) {
        if (Files.isDirectory(rootfs)) {
            return rootfs;
        }
        if (!Files.isReadable(rootfs)) {
            throw new MachineException(machine, "its root file system " + rootfs + " is not there");
        }
        Path unpacked = directory.resolve("rootfs");
        try {
            Files.createDirectory(unpacked);
            Files.setAttribute(unpacked, "unix:uid", (int) ids.base());
            Files.setAttribute(unpacked, "unix:gid", (int) ids.base());
            PERL.run("-e", UserNamespace.perl(Resources.text(Rootfs.class, "unpack.pl")), Long.toString(ids.base()))
                    .add(TAR.require().toString(), "--extract", "--file=-")
                    .addAll(Compression.options(rootfs))
                    .add("--numeric-owner", "--same-owner", "--same-permissions")
                    .add("--xattrs", "--xattrs-include=*", "--exclude=./dev/*", "--exclude=dev/*")
                    .add("--anchored")
                    .directory(unpacked)
                    .stdin(rootfs)
                    .execute();
            return unpacked;
        } catch (ToolCancelledException e) {
            throw MachineException.interrupted(machine, "unpacking " + rootfs);
        } catch (IOException | ToolException e) {
            throw new MachineException(machine, "cannot unpack " + rootfs + ": " + e.getMessage(), e);
        }
    }
}
