package dev.firstboot.machine;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The tree a container boots from. */
final class Rootfs {
    private static final Tool TAR = Tool.of("tar", "tar");

    private Rootfs() {}

    /** The directory itself, or the archive unpacked. */
    static Path prepare(String machine, Path rootfs, Path directory) {
        if (Files.isDirectory(rootfs)) {
            return rootfs;
        }
        if (!Files.isReadable(rootfs)) {
            throw new MachineException(machine, "its root file system " + rootfs + " is not there");
        }
        Path unpacked = directory.resolve("rootfs");
        try {
            Files.createDirectory(unpacked);
            TAR.run("--extract", "--file", rootfs.toString(), "--directory", unpacked.toString())
                    .add("--numeric-owner", "--same-owner", "--same-permissions")
                    .add("--xattrs", "--xattrs-include=*")
                    .execute();
            return unpacked;
        } catch (ToolCancelledException e) {
            throw MachineException.interrupted(machine, "unpacking " + rootfs);
        } catch (IOException | ToolException e) {
            throw new MachineException(machine, "cannot unpack " + rootfs + ": " + e.getMessage(), e);
        }
    }
}
