package dev.firstboot.zfs.pool.tree;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts together what the headers in front of an entry say. Used once. */
final class TarEntry {
    private static final String XATTR = "SCHILY.xattr.";

    private final TarHeader header;
    private final PaxRecords records;
    private final byte[] name;
    private final byte[] link;
    private final String source;

    TarEntry(
            TarHeader header,
            PaxRecords records,
            byte @Nullable [] longName,
            byte @Nullable [] longLink,
            String source) {
        this.header = header;
        this.records = records;
        this.source = source;
        this.name = records.bytes("path").orElse(longName == null ? header.name() : longName);
        this.link = records.bytes("linkpath").orElse(longLink == null ? header.linkName() : longLink);
    }

    TreeEntry build() {
        TreePath path = TreePath.of(name);
        refuseWhatIsNotKept(path);
        FileType type = type(path);
        TreeEntry.Builder entry = TreeEntry.builder(path, type)
                .permissions(header.mode())
                .owner(
                        records.number("uid").orElseGet(header::owner),
                        records.number("gid").orElseGet(header::group))
                .times(times());
        if (type == FileType.REGULAR) {
            entry.size(records.number("size").orElseGet(header::size));
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
        for (Map.Entry<String, byte[]> record : records.values().entrySet()) {
            if (record.getKey().startsWith(XATTR)) {
                entry.addAttribute(record.getKey().substring(XATTR.length()), record.getValue());
            }
        }
        return entry.build();
    }

    private void refuseWhatIsNotKept(TreePath path) {
        for (String keyword : records.values().keySet()) {
            if (keyword.startsWith("GNU.sparse.") || keyword.startsWith("SCHILY.acl.")) {
                throw new MalformedTreeException(source + ": " + path + " has a " + keyword
                        + " record, which is not supported; make the archive without --sparse and --acls"
                        + " (--xattrs keeps access control lists, too)");
            }
        }
    }

    private FileType type(TreePath path) {
        boolean directoryByName = name.length > 0 && name[name.length - 1] == '/';
        return switch (header.type()) {
            case '0', '7' -> directoryByName ? FileType.DIRECTORY : FileType.REGULAR;
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
        Instant modified = records.time("mtime").orElseGet(() -> Instant.ofEpochSecond(header.modified()));
        return new FileTimes(
                records.time("atime").orElse(modified),
                modified,
                records.time("ctime").orElse(modified));
    }
}
