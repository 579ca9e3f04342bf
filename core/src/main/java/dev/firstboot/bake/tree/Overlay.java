package dev.firstboot.bake.tree;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Files, directories and links to put on top of a tree. Written as a tar, equal content gives equal bytes: sorted by path, numeric owners, one
 * timestamp for all. Not thread-safe.
 */
public final class Overlay {
    /** The timestamp of everything in an overlay, in seconds since 1970: 2026-01-01 UTC. */
    public static final long TIME = 1_767_225_600L;

    private final NavigableMap<String, Item> items = new TreeMap<>();

    private record Item(byte type, int mode, int uid, int gid, Source source, String target, long time) {}

    /** The source of a file's bytes, read when the overlay is written. */
    public interface Source {
        /** Returns the number of bytes. */
        long size() throws IOException;

        /** Writes the bytes, exactly {@link #size()} of them. */
        void copyTo(OutputStream out) throws IOException;
    }

    private static final Memory NOTHING = new Memory(new byte[0]);

    public void file(String path, int mode, int uid, int gid, byte[] content) {
        put(path, TarConstants.LF_NORMAL, mode, uid, gid, new Memory(content.clone()), "");
    }

    /** Adds a text file owned by root. */
    public void text(String path, int mode, String text) {
        file(path, mode, 0, 0, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file whose content stays in a host file until the overlay is written. */
    public void file(String path, int mode, int uid, int gid, Path source) {
        file(path, mode, uid, gid, new HostFile(source));
    }

    /** Adds a file whose content is read when the overlay is written. */
    public void file(String path, int mode, int uid, int gid, Source source) {
        put(path, TarConstants.LF_NORMAL, mode, uid, gid, source, "");
    }

    public void directory(String path, int mode, int uid, int gid) {
        put(path, TarConstants.LF_DIR, mode, uid, gid, NOTHING, "");
    }

    public void link(String path, String target) {
        put(path, TarConstants.LF_SYMLINK, 0777, 0, 0, NOTHING, target);
    }

    /** Adds an empty file owned by root whose timestamp has a meaning, in seconds since 1970. */
    public void stamp(String path, long time) {
        items.put(path, new Item(TarConstants.LF_NORMAL, 0644, 0, 0, NOTHING, "", time));
    }

    /** Removes an entry, if it exists. */
    public void remove(String path) {
        items.remove(path);
    }

    public boolean contains(String path) {
        return items.containsKey(path);
    }

    /** Returns whether the overlay has a directory at a path. */
    public boolean isDirectory(String path) {
        Item item = items.get(path);
        return item != null && item.type() == TarConstants.LF_DIR;
    }

    /** Returns the target of the overlay's symbolic link at a path; empty if there is none. */
    public Optional<String> linkAt(String path) {
        Item item = items.get(path);
        return item == null || item.type() != TarConstants.LF_SYMLINK ? Optional.empty() : Optional.of(item.target());
    }

    /** Returns the permission bits at a path; 0 if nothing is there. */
    public int modeAt(String path) {
        Item item = items.get(path);
        return item == null ? 0 : item.mode();
    }

    /** Returns the user ID of the owner at a path; empty if nothing is there. */
    public OptionalLong ownerAt(String path) {
        Item item = items.get(path);
        return item == null ? OptionalLong.empty() : OptionalLong.of(item.uid());
    }

    /** Returns the paths, sorted. */
    public NavigableSet<String> paths() {
        return items.navigableKeySet();
    }

    /** Returns the text of a file that was added as bytes; empty for anything else. */
    public String textAt(String path) {
        Item item = items.get(path);
        return item != null && item.source() instanceof Memory memory
                ? new String(memory.bytes, StandardCharsets.UTF_8)
                : "";
    }

    private void put(String path, byte type, int mode, int uid, int gid, Source source, String target) {
        items.put(path, new Item(type, mode, uid, gid, source, target, TIME));
    }

    /** Writes the overlay as a tar file. */
    public void write(Path tar) {
        try (TarArchiveOutputStream out = new TarArchiveOutputStream(
                new BufferedOutputStream(Files.newOutputStream(tar), 1 << 16), StandardCharsets.UTF_8.name())) {
            out.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            out.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            out.setAddPaxHeadersForNonAsciiNames(true);
            for (var each : items.entrySet()) {
                write(out, each.getKey(), each.getValue());
            }
            out.finish();
        } catch (IOException e) {
            throw new TreeException("cannot write " + tar + ": " + e, e);
        }
    }

    private static void write(TarArchiveOutputStream out, String path, Item item) throws IOException {
        TarArchiveEntry entry =
                new TarArchiveEntry("." + path + (item.type() == TarConstants.LF_DIR ? "/" : ""), item.type());
        entry.setMode(item.mode());
        entry.setIds(item.uid(), item.gid());
        entry.setUserName("");
        entry.setGroupName("");
        entry.setModTime(item.time() * 1000);
        entry.setLinkName(item.target());
        entry.setSize(item.source().size());
        out.putArchiveEntry(entry);
        item.source().copyTo(out);
        out.closeArchiveEntry();
    }

    private static final class Memory implements Source {
        private final byte[] bytes;

        private Memory(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public void copyTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    private static final class HostFile implements Source {
        private final Path path;

        private HostFile(Path path) {
            this.path = path;
        }

        @Override
        public long size() throws IOException {
            return Files.size(path);
        }

        @Override
        public void copyTo(OutputStream out) throws IOException {
            Files.copy(path, out);
        }
    }
}
