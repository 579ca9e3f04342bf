package dev.firstboot.zfs.poolimage.tree;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** One entry of a {@link Tree}: everything but a regular file's bytes. Immutable; made by {@link #builder}. */
public final class TreeEntry {
    /** Half of what ZFS, and Linux, can count: so that sums do not run over. */
    static final long LARGEST = 1L << 62;

    /** {@code PATH_MAX} less its final zero. */
    private static final int LONGEST_TARGET = 4095;

    /** {@code XATTR_NAME_MAX}. */
    private static final int LONGEST_ATTRIBUTE = 255;

    private final TreePath path;
    private final FileType type;
    private final int permissions;
    private final long owner;
    private final long group;
    private final long size;
    private final FileTimes times;
    private final byte[] target;
    private final long device;
    private final SortedMap<String, byte[]> attributes;

    private TreeEntry(Builder builder) {
        path = builder.path;
        type = builder.type;
        permissions = builder.permissions;
        owner = builder.owner;
        group = builder.group;
        size = builder.size;
        times = builder.times;
        target = builder.target.clone();
        device = builder.device;
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(builder.attributes));
    }

    /** Starts an entry: owned by root, mode 0644, of the epoch, empty. */
    public static Builder builder(TreePath path, FileType type) {
        return new Builder(path, type);
    }

    /** The same entry elsewhere; a hard link's target is to be another path, too. */
    public Builder toBuilder(TreePath newPath) {
        Builder copy = new Builder(newPath, type);
        copy.permissions = permissions;
        copy.owner = owner;
        copy.group = group;
        copy.size = size;
        copy.times = times;
        copy.target = target;
        copy.device = device;
        copy.attributes.putAll(attributes);
        return copy;
    }

    /** Where it is. */
    public TreePath path() {
        return path;
    }

    /** What it is. */
    public FileType type() {
        return type;
    }

    /** Permission bits, with set-id and sticky bits. */
    public int permissions() {
        return permissions;
    }

    /** Number of the user that owns it. */
    public long owner() {
        return owner;
    }

    /** Number of the group that owns it. */
    public long group() {
        return group;
    }

    /** Bytes of a regular file. */
    public long size() {
        return size;
    }

    /** Its times. */
    public FileTimes times() {
        return times;
    }

    /** Where a symbolic link leads, or the path of the file that a hard link names. */
    public byte[] target() {
        return target.clone();
    }

    /** A device's number as Linux stores it: major number shifted by twenty bits, and minor number. */
    public long device() {
        return device;
    }

    /** Extended attributes by their full names, such as {@code security.capability}. */
    public SortedMap<String, byte[]> attributes() {
        return attributes;
    }

    /** Whether it has a POSIX access control list, which works only in a filesystem with {@code acltype=posix}. */
    public boolean hasAccessControlList() {
        return attributes.containsKey(PosixAcl.ACCESS) || attributes.containsKey(PosixAcl.DEFAULT);
    }

    @Override
    public String toString() {
        return type + " " + path;
    }

    /** Collects the parts of an entry. Not thread-safe. */
    public static final class Builder {
        private final TreePath path;
        private final FileType type;
        private int permissions = 0644;
        private long owner;
        private long group;
        private long size;
        private FileTimes times = FileTimes.all(Instant.EPOCH);
        private byte[] target = {};
        private long device;
        private final SortedMap<String, byte[]> attributes = new TreeMap<>();

        private Builder(TreePath path, FileType type) {
            this.path = path;
            this.type = type;
        }

        /** Sets the permission bits; others are dropped. */
        public Builder permissions(int bits) {
            permissions = bits & 07777;
            return this;
        }

        /** Sets who owns it. */
        public Builder owner(long user, long group) {
            this.owner = number(user, "user");
            this.group = number(group, "group");
            return this;
        }

        private long number(long id, String what) {
            if (id < 0 || id > 0xffff_ffffL) {
                throw new MalformedTreeException(path + ": " + id + " is no number of a " + what);
            }
            return id;
        }

        /** Sets a regular file's size in bytes. */
        public Builder size(long bytes) {
            if (bytes < 0 || bytes > LARGEST) {
                throw new MalformedTreeException(path + ": a file cannot have " + bytes + " bytes");
            }
            size = bytes;
            return this;
        }

        /** Sets its times. */
        public Builder times(FileTimes newTimes) {
            times = newTimes;
            return this;
        }

        /** Sets where a link leads; of a symbolic link 1 to 4095 bytes, none of them zero. */
        public Builder target(byte[] bytes) {
            target = bytes.clone();
            return this;
        }

        /** Sets a device's numbers. */
        public Builder device(long major, long minor) {
            if (major < 0 || major >= 1 << 12 || minor < 0 || minor >= 1 << 20) {
                throw new MalformedTreeException(path + ": there is no device " + major + ":" + minor);
            }
            device = major << 20 | minor;
            return this;
        }

        /**
         * Adds an extended attribute. A POSIX access control list ({@code system.posix_acl_access}) also sets the permission bits, as on Linux: those of the
         * group are its mask.
         *
         * @param name at most 255 bytes in UTF-8 ({@code XATTR_NAME_MAX} of Linux), and none of them zero
         */
        public Builder addAttribute(String name, byte[] value) {
            int length = TreePath.utf8(name).length;
            if (length == 0 || length > LONGEST_ATTRIBUTE || name.indexOf('\0') >= 0) {
                throw new MalformedTreeException(path + ": the name of an extended attribute has 1 to "
                        + LONGEST_ATTRIBUTE + " bytes, none of them zero; one of " + length + " bytes cannot be kept");
            }
            attributes.put(name, value.clone());
            return this;
        }

        /**
         * The entry, checked.
         *
         * @throws MalformedTreeException if no filesystem can keep it exactly
         */
        public TreeEntry build() {
            if (type == FileType.SYMLINK) {
                checkTarget();
            }
            if (type != FileType.HARD_LINK) {
                accessControl();
            }
            return new TreeEntry(this);
        }

        private void checkTarget() {
            if (target.length == 0 || target.length > LONGEST_TARGET) {
                throw new MalformedTreeException(path + ": a symbolic link has a target of 1 to " + LONGEST_TARGET
                        + " bytes, not of " + target.length);
            }
            for (byte b : target) {
                if (b == 0) {
                    throw new MalformedTreeException(path + ": the target of a symbolic link has a zero byte in it");
                }
            }
        }

        /** {@code zpl_set_acl}: a list that says no more than the mode is not kept, and the mode is that of the list. */
        private void accessControl() {
            byte[] access = attributes.get(PosixAcl.ACCESS);
            if (access != null) {
                PosixAcl list = list(access, type != FileType.SYMLINK);
                permissions = (permissions & ~0777) | list.mode();
                if (list.isMinimal()) {
                    attributes.remove(PosixAcl.ACCESS);
                }
            }
            byte[] inherited = attributes.get(PosixAcl.DEFAULT);
            if (inherited != null) {
                list(inherited, type == FileType.DIRECTORY);
            }
        }

        private PosixAcl list(byte[] value, boolean hasOne) {
            if (!hasOne) {
                throw new MalformedTreeException(path + ": a " + type + " has no such access control list");
            }
            return PosixAcl.of(value)
                    .orElseThrow(() -> new MalformedTreeException(path + ": its access control list is damaged"));
        }
    }
}
