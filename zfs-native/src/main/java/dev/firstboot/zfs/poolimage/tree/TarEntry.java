package dev.firstboot.zfs.poolimage.tree;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds an entry from all the headers before it. Used once. */
final class TarEntry {
    private final UstarHeader header;
    private final PaxRecords records;
    private final byte[] name;
    private final byte[] link;
    private final String source;

    TarEntry(
            UstarHeader header,
            PaxRecords records,
            byte @Nullable [] longName,
            byte @Nullable [] longLink,
            String source) {
        this.header = header;
        this.records = records;
        this.source = source;
        this.name = records.bytes("GNU.sparse.name")
                .or(() -> records.bytes("path"))
                .orElse(longName == null ? header.name() : longName);
        this.link = records.bytes("linkpath").orElse(longLink == null ? header.linkName() : longLink);
    }

    TreeEntry build() {
        TreePath path = TreePath.of(name);
        refuseOldHoles(path);
        FileType type = type(path);
        TreeEntry.Builder entry = TreeEntry.builder(path, type)
                .permissions(header.mode())
                .owner(
                        records.number("uid").orElseGet(header::owner),
                        records.number("gid").orElseGet(header::group))
                .times(times());
        if (type == FileType.REGULAR) {
            entry.size(size());
        }
        if (type == FileType.SYMLINK || type == FileType.HARD_LINK) {
            if (link.length == 0) {
                throw new MalformedTreeException(source + ": " + path + " is a link to nowhere");
            }
            entry.target(link);
        }
        if (type.isDevice()) {
            entry.device(header.deviceMajor(), header.deviceMinor());
        }
        TarAttributes.of(records.attributes(), source + ": " + path).forEach(entry::addAttribute);
        return entry.build();
    }

    /** Returns how many bytes the archive has for it, including a table of holes. */
    long archivedSize() {
        return header.type() >= '1' && header.type() <= '6'
                ? 0
                : records.number("size")
                        .map(bytes -> UstarHeader.checkedSize(bytes, source + ": " + TreePath.of(name)))
                        .orElseGet(header::size);
    }

    /** Returns the size of the file with its holes, in bytes. */
    private long size() {
        return header.isSparse()
                ? header.sparseSize()
                : records.number("GNU.sparse.realsize")
                        .or(() -> records.number("GNU.sparse.size"))
                        .orElseGet(this::archivedSize);
    }

    /** Reads the table of holes, if there is one, from {@code in} or from the headers. */
    Optional<SparseTables.Read> readHoles(InputStream in, TreeEntry entry) throws IOException {
        SparseMap map = new SparseMap(source + ": " + entry.path());
        if (header.isSparse()) {
            return Optional.of(SparseTables.old(header, in, map));
        }
        if (records.bytes("GNU.sparse.map").isPresent()) {
            return Optional.of(
                    SparseTables.ofRecord(records.bytes("GNU.sparse.map").get(), map));
        }
        return records.number("GNU.sparse.major").isPresent()
                ? Optional.of(SparseTables.inFront(in, map))
                : Optional.empty();
    }

    private void refuseOldHoles(TreePath path) {
        if (records.bytes("GNU.sparse.offset").isPresent()) {
            throw new MalformedTreeException(source + ": " + path + " has a GNU.sparse.offset record, which is not"
                    + " supported; make the archive with --sparse-version=1.0");
        }
    }

    private FileType type(TreePath path) {
        boolean directoryByName = name.length > 0 && name[name.length - 1] == '/';
        return switch (header.type()) {
            case '0', '7', 'S' -> directoryByName ? FileType.DIRECTORY : FileType.REGULAR;
            case '1' -> FileType.HARD_LINK;
            case '2' -> FileType.SYMLINK;
            case '3' -> FileType.CHARACTER_DEVICE;
            case '4' -> FileType.BLOCK_DEVICE;
            case '5' -> FileType.DIRECTORY;
            case '6' -> FileType.FIFO;
            default ->
                throw new MalformedTreeException(
                        source + ": " + path + " is of type '" + header.type() + "', which is not supported");
        };
    }

    private FileTimes times() {
        Instant modified = records.time("mtime").orElseGet(header::modified);
        return new FileTimes(
                records.time("atime").orElse(modified),
                modified,
                records.time("ctime").orElse(modified));
    }
}
