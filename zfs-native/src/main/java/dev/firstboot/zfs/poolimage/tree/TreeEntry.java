package dev.firstboot.zfs.poolimage.tree;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** An entry of a {@link Tree}: everything except the bytes of a regular file. Immutable. */
public final class TreeEntry {
    /** Half of the largest number in ZFS and Linux, so that sums do not overflow. */
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

    /** Returns a builder of an entry. Defaults to owner root, mode 0644, all times at the epoch, no bytes and no attributes. */
    public static Builder builder(TreePath path, FileType type) {
        return new Builder(path, type);
    }

    /** Returns a builder of the same entry at another path. A hard link keeps its target. */
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

    /** Returns its path. */
    public TreePath path() {
        return path;
    }

    /** Returns its type. */
    public FileType type() {
        return type;
    }

    /** Returns its permission bits, with the set-id and sticky bits. */
    public int permissions() {
        return permissions;
    }

    /** Returns the ID of its user. */
    public long owner() {
        return owner;
    }

    /** Returns the ID of its group. */
    public long group() {
        return group;
    }

    /** Returns the size of a regular file in bytes. */
    public long size() {
        return size;
    }

    /** Returns its times. */
    public FileTimes times() {
        return times;
    }

    /** Returns the target of a symbolic link, or the path of the file that a hard link names. */
    public byte[] target() {
        return target.clone();
    }

    /** Returns a device's number as Linux stores it: the major number shifted left by 20 bits, and the minor number. */
    public long device() {
        return device;
    }

    /** Returns its extended attributes by full name, for example {@code security.capability}. */
    public SortedMap<String, byte[]> attributes() {
        return attributes;
    }

    /** Returns whether it has a POSIX access control list, which needs a filesystem with {@code acltype=posix}. */
    public boolean hasAccessControlList() {
        return attributes.containsKey(PosixAcl.ACCESS) || attributes.containsKey(PosixAcl.DEFAULT);
    }

    @Override
    public String toString() {
        return type + " " + path;
    }

    /** Builds a {@link TreeEntry}. Not thread-safe. */
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

        /** Sets the permission bits, and ignores all other bits. */
        public Builder permissions(int bits) {
            permissions = bits & 07777;
            return this;
        }

        /** Sets the IDs of its user and group, 0 to 2<sup>32</sup>-1. */
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

        /** Sets the size of a regular file in bytes. */
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

        /** Sets the target of a link. A symbolic link has 1 to 4095 bytes, none of them zero. */
        public Builder target(byte[] bytes) {
            target = bytes.clone();
            return this;
        }

        /** Sets the numbers of a device: major below 4096, minor below 1,048,576. */
        public Builder device(long major, long minor) {
            if (major < 0 || major >= 1 << 12 || minor < 0 || minor >= 1 << 20) {
                throw new MalformedTreeException(path + ": there is no device " + major + ":" + minor);
            }
            device = major << 20 | minor;
            return this;
        }

        /**
         * Adds an extended attribute. A POSIX access control list ({@code system.posix_acl_access}) also sets the permission bits, as on Linux; its mask
         * becomes the permissions of the group.
         *
         * @param name the full name: at most 255 bytes in UTF-8 ({@code XATTR_NAME_MAX} of Linux), none of them zero
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
         * Returns the checked entry.
         *
         * @throws MalformedTreeException if no filesystem can store it exactly
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

        /** Sets the mode to that of the list, and drops a list that says no more than the mode, as {@code zpl_set_acl} does. */
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
