package dev.firstboot.bake.disk;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The initramfs of the builder guest: the image's own, with our files added in {@code /fb}. The kernel unpacks several cpio archives one after the other
 * (Documentation/driver-api/early-userspace/buffer-format.rst).
 */
final class GuestInitramfs {
    /** Each archive begins at a multiple of this. */
    private static final int ALIGNMENT = 4;
    /** GNU tar, which keeps capabilities, ACLs and other extended attributes, and the libraries it needs. */
    private static final Pattern TAR = Pattern.compile(
            "(?:\\./)?(?:usr/)?(?:bin/tar|lib/x86_64-linux-gnu/(?:libacl|libselinux|libpcre2-8|libc)\\.so\\.[0-9.]+)");

    private GuestInitramfs() {}

    /** Writes it to {@code target}. {@code files} go into {@code /fb} under their names; those named {@code init} can be run. */
    static void write(Path initrd, Path systemTar, Map<String, String> files, Path target) throws IOException {
        Files.copy(initrd, target);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(target, StandardOpenOption.APPEND))) {
            out.write(new byte[(int) (-Files.size(initrd) & (ALIGNMENT - 1))]);
            CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(out, CpioConstants.FORMAT_NEW);
            for (String directory : new String[] {"fb", "fb/bin", "fb/lib"}) {
                put(cpio, directory, CpioConstants.C_ISDIR | 0755, new byte[0]);
            }
            for (Map.Entry<String, String> file : new TreeMap<>(files).entrySet()) {
                int mode = CpioConstants.C_ISREG | (file.getKey().equals("init") ? 0755 : 0644);
                put(cpio, "fb/" + file.getKey(), mode, file.getValue().getBytes(UTF_8));
            }
            putTar(cpio, systemTar);
            cpio.finish();
        }
    }

    private static void putTar(CpioArchiveOutputStream cpio, Path systemTar) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(systemTar), 1 << 20);
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                if (TAR.matcher(entry.getName()).matches()) {
                    String base = entry.getName().replaceFirst(".*/", "");
                    String name = base.equals("tar") ? "fb/bin/tar" : "fb/lib/" + base;
                    if (entry.isSymbolicLink()) {
                        byte[] link =
                                entry.getLinkName().replaceFirst(".*/", "").getBytes(UTF_8);
                        put(cpio, name, CpioConstants.C_ISLNK | 0777, link);
                    } else {
                        put(cpio, name, CpioConstants.C_ISREG | 0755, tar.readAllBytes());
                    }
                }
                entry = tar.getNextEntry();
            }
        }
    }

    private static void put(CpioArchiveOutputStream cpio, String name, long mode, byte[] content) throws IOException {
        CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name, content.length);
        entry.setMode(mode);
        entry.setNumberOfLinks(1);
        cpio.putArchiveEntry(entry);
        cpio.write(content);
        cpio.closeArchiveEntry();
    }
}
