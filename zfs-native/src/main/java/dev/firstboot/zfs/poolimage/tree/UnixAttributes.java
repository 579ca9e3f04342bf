package dev.firstboot.zfs.poolimage.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What {@code stat(2)} reports about a file of this machine. */
final class UnixAttributes {
    private static final int TYPE_MASK = 0170000;

    private final Map<String, Object> values;
    private final FileType type;

    private UnixAttributes(Path file, Map<String, Object> values) {
        this.values = values;
        this.type = Stream.of(FileType.values())
                .filter(known -> known != FileType.HARD_LINK && known.modeBits() == (mode() & TYPE_MASK))
                .findFirst()
                .orElseThrow(() -> new MalformedTreeException(file + " is of an unknown type"));
    }

    static UnixAttributes of(Path file) throws IOException {
        return new UnixAttributes(
                file,
                Files.readAttributes(
                        file,
                        "unix:mode,uid,gid,size,nlink,ino,dev,rdev,lastModifiedTime,ctime",
                        LinkOption.NOFOLLOW_LINKS));
    }

    private Object value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    int mode() {
        return (int) value("mode");
    }

    FileType type() {
        return type;
    }

    long owner() {
        return Integer.toUnsignedLong((int) value("uid"));
    }

    long group() {
        return Integer.toUnsignedLong((int) value("gid"));
    }

    long size() {
        return (long) value("size");
    }

    boolean mayHaveOtherNames() {
        return type == FileType.REGULAR && (int) value("nlink") > 1;
    }

    /** Returns a text that is the same for all names of one file. */
    String identity() {
        return value("dev") + ":" + value("ino");
    }

    /** Returns its times; the access time is the modification time, because a walk changes the access time. */
    FileTimes times() {
        Instant modified = time("lastModifiedTime");
        return new FileTimes(modified, modified, time("ctime"));
    }

    private Instant time(String name) {
        return ((FileTime) value(name)).toInstant();
    }

    /** {@code gnu_dev_major}. */
    long deviceMajor() {
        long device = (long) value("rdev");
        return (device >> 8 & 0xfff) | (device >> 32 & ~0xfffL);
    }

    /** {@code gnu_dev_minor}. */
    long deviceMinor() {
        long device = (long) value("rdev");
        return (device & 0xff) | (device >> 12 & ~0xffL);
    }
}
