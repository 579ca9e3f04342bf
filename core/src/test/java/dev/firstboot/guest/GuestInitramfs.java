package dev.firstboot.guest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.image.Resources;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;

/**
 * An image's own initramfs with files of ours added in {@code /fb}. The kernel unpacks several cpio archives one after the other
 * (Documentation/driver-api/early-userspace/buffer-format.rst).
 */
public final class GuestInitramfs implements AutoCloseable {
    /** The program that the kernel starts. */
    static final String INIT = "fb/init";

    /** Each archive begins at a multiple of this. */
    private static final int ALIGNMENT = 4;

    private final CpioArchiveOutputStream cpio;
    private final Set<String> directories = new HashSet<>();

    /** Begins it in {@code target}: {@code initrd}, the beginning that all guests share, and {@code init}, a script which reads that first. */
    public GuestInitramfs(Path initrd, Path target, String init) throws IOException {
        Files.copy(initrd, target);
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(target, StandardOpenOption.APPEND));
        out.write(new byte[(int) (-Files.size(initrd) & (ALIGNMENT - 1))]);
        cpio = new CpioArchiveOutputStream(out, CpioConstants.FORMAT_NEW);
        file("init", init.getBytes(UTF_8));
        file("init-lib.sh", Resources.bytes(GuestInitramfs.class, "init-lib.sh"));
    }

    /** Adds a file that can be run. */
    public void file(String name, byte[] content) throws IOException {
        put(name, CpioConstants.C_ISREG | 0755, content);
    }

    public void link(String name, String target) throws IOException {
        put(name, CpioConstants.C_ISLNK | 0777, target.getBytes(UTF_8));
    }

    private void put(String name, int mode, byte[] content) throws IOException {
        String path = "fb/" + name;
        String parent = path.substring(0, path.lastIndexOf('/'));
        for (String directory : new String[] {"fb", parent}) {
            if (directories.add(directory)) {
                write(directory, CpioConstants.C_ISDIR | 0755, new byte[0]);
            }
        }
        write(path, mode, content);
    }

    private void write(String path, int mode, byte[] content) throws IOException {
        CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, path, content.length);
        entry.setMode(mode);
        entry.setNumberOfLinks(1);
        cpio.putArchiveEntry(entry);
        cpio.write(content);
        cpio.closeArchiveEntry();
    }

    @Override
    public void close() throws IOException {
        cpio.close();
    }
}
