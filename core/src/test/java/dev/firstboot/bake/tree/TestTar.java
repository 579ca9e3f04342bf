package dev.firstboot.bake.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/** Writes small tar files for tests. */
public final class TestTar {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TarArchiveOutputStream out = new TarArchiveOutputStream(bytes, "UTF-8");

    public TestTar() {
        out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
    }

    /** A tar with what every Debian has: accounts, and directories where they are expected. */
    public static TestTar debian() {
        return new TestTar()
                .directory("/")
                .directory("/etc")
                .directory("/usr")
                .directory("/usr/bin")
                .directory("/usr/lib")
                .directory("/usr/lib/systemd")
                .directory("/usr/lib/systemd/system")
                .link("/bin", "usr/bin")
                .link("/lib", "usr/lib")
                .directory("/var")
                .directory("/var/lib")
                .program("/usr/bin/sh")
                .program("/usr/bin/true")
                .program("/usr/bin/env")
                .program("/usr/bin/curl")
                .program("/usr/bin/openssl")
                .directory("/etc/systemd")
                .directory("/etc/systemd/system")
                .text("/etc/passwd", """
                        root:x:0:0:root:/root:/bin/bash
                        www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
                        """)
                .text("/etc/group", "root:x:0:\nshadow:x:42:\nwww-data:x:33:\n")
                .text("/etc/shadow", "root:*:20780:0:99999:7:::\nwww-data:*:20780:0:99999:7:::\n")
                .text("/etc/gshadow", "root:*::\nshadow:*::\nwww-data:*::\n");
    }

    public TestTar text(String path, String text) {
        return file(path, text.getBytes(UTF_8), Map.of());
    }

    /** A file of another user's. */
    public TestTar file(String path, int uid, String text) {
        TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL);
        entry.setIds(uid, uid);
        entry.setSize(text.length());
        return put(entry, text.getBytes(UTF_8));
    }

    /** A file that can be executed. */
    public TestTar program(String path) {
        TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL);
        entry.setMode(0755);
        return put(entry, new byte[0]);
    }

    public TestTar file(String path, byte[] content, Map<String, String> pax) {
        TarArchiveEntry entry = entry(path, TarConstants.LF_NORMAL);
        entry.setSize(content.length);
        new LinkedHashMap<>(pax).forEach(entry::addPaxHeader);
        return put(entry, content);
    }

    public TestTar directory(String path) {
        return put(entry(path.equals("/") ? "/" : path + "/", TarConstants.LF_DIR), new byte[0]);
    }

    public TestTar link(String path, String target) {
        TarArchiveEntry entry = entry(path, TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        return put(entry, new byte[0]);
    }

    public TestTar hardLink(String path, String target) {
        TarArchiveEntry entry = entry(path, TarConstants.LF_LINK);
        entry.setLinkName("." + target);
        return put(entry, new byte[0]);
    }

    public TestTar device(String path) {
        TarArchiveEntry entry = entry(path, TarConstants.LF_CHR);
        entry.setDevMajor(1);
        entry.setDevMinor(3);
        return put(entry, new byte[0]);
    }

    /** Writes the tar file. */
    public Path to(Path file) {
        try {
            out.close();
            return Files.write(file, bytes.toByteArray());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static TarArchiveEntry entry(String path, byte type) {
        TarArchiveEntry entry = new TarArchiveEntry("." + path, type);
        entry.setModTime(1_700_000_000_000L);
        entry.setMode(type == TarConstants.LF_DIR ? 0755 : 0644);
        return entry;
    }

    private TestTar put(TarArchiveEntry entry, byte[] content) {
        try {
            out.putArchiveEntry(entry);
            out.write(content);
            out.closeArchiveEntry();
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
