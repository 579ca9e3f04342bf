package dev.firstboot.bake.disk;

import dev.firstboot.guest.GuestInitramfs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** An image's GNU tar for its initramfs, which keeps capabilities, ACLs and other extended attributes, with the libraries it needs. */
final class GnuTar {
    private static final Pattern FILES = Pattern.compile(
            "(?:\\./)?(?:usr/)?(?:bin/tar|lib/x86_64-linux-gnu/(?:libacl|libselinux|libpcre2-8|libc)\\.so\\.[0-9.]+)");

    private GnuTar() {}

    /** Adds it as {@code /fb/bin/tar}, its libraries in {@code /fb/lib}. */
    static void add(GuestInitramfs initramfs, Path systemTar) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(systemTar), 1 << 20);
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                if (FILES.matcher(entry.getName()).matches()) {
                    String base = base(entry.getName());
                    String name = base.equals("tar") ? "bin/tar" : "lib/" + base;
                    if (entry.isSymbolicLink()) {
                        initramfs.link(name, base(entry.getLinkName()));
                    } else {
                        initramfs.file(name, tar.readAllBytes());
                    }
                }
                entry = tar.getNextEntry();
            }
        }
    }

    private static String base(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
