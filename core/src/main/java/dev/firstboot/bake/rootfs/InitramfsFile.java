package dev.firstboot.bake.rootfs;

import dev.firstboot.image.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A program that every disk has in {@code /etc/initramfs-tools}, for the initramfs built here and for those that the machine builds
 * (initramfs-tools(7)).
 */
public enum InitramfsFile {
    /** Adds what {@link #ROOT_DISK} needs. */
    HOOK("initramfs/hook", "hooks/firstboot"),
    /** Finds the root pool on the disk that the machine booted from. */
    ROOT_DISK("initramfs/root-disk", "scripts/local-top/firstboot"),
    /** Makes sure that datasets are mounted in the order of their mount points. */
    DATASETS("initramfs/datasets", "hooks/firstboot-datasets");

    private static final String DIRECTORY = "/etc/initramfs-tools/";

    private final String resource;
    private final String path;

    InitramfsFile(String resource, String path) {
        this.resource = resource;
        this.path = path;
    }

    /** Returns its absolute path on the machine. */
    public String path() {
        return DIRECTORY + path;
    }

    /** Returns its content. */
    public String text() {
        return Resources.text(InitramfsFile.class, resource);
    }

    /** Writes it below {@code directory}, which stands for {@code /etc/initramfs-tools}. */
    void writeBelow(Path directory) throws IOException {
        Path file = directory.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
