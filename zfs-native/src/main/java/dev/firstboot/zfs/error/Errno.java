package dev.firstboot.zfs.error;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * An error number of Linux ({@code errno.h}) or of OpenZFS ({@code zfs_errno_t} in {@code sys/fs/zfs.h}, from 1024 on). An unknown number is kept: its
 * {@link #name()} is {@code E} and the number. Immutable.
 *
 * @param number the number in C
 */
public record Errno(int number) implements Serializable {
    /** The user is not permitted to do this. */
    public static final Errno EPERM = new Errno(1);
    /** The dataset, snapshot, bookmark, pool or file does not exist. */
    public static final Errno ENOENT = new Errno(2);
    /** There is nothing to act on: for example, no snapshot to roll back to. */
    public static final Errno ESRCH = new Errno(3);
    /** A signal interrupted the call. */
    public static final Errno EINTR = new Errno(4);
    /** Input or output failed; also a {@code zfs} or {@code zpool} command that failed. */
    public static final Errno EIO = new Errno(5);
    /** A list, or a value in it, is too long. */
    public static final Errno E2BIG = new Errno(7);
    /** The file descriptor is not open, or of the wrong kind. */
    public static final Errno EBADF = new Errno(9);
    /** The pool is suspended until {@code zpool clear}, or the call must be tried again. */
    public static final Errno EAGAIN = new Errno(11);
    /** Out of memory. */
    public static final Errno ENOMEM = new Errno(12);
    /** Access is denied, or the key of an encrypted dataset is wrong or not loaded. */
    public static final Errno EACCES = new Errno(13);
    /** The dataset, snapshot or pool is in use. */
    public static final Errno EBUSY = new Errno(16);
    /** It already exists. */
    public static final Errno EEXIST = new Errno(17);
    /** The arguments are in different pools, or do not belong together. */
    public static final Errno EXDEV = new Errno(18);
    /** The device does not exist. */
    public static final Errno ENODEV = new Errno(19);
    /** An argument is invalid. */
    public static final Errno EINVAL = new Errno(22);
    /** The dataset to overwrite was modified, or is in use. */
    public static final Errno ETXTBSY = new Errno(26);
    /** No space is left. */
    public static final Errno ENOSPC = new Errno(28);
    /** The pool or dataset is read-only. */
    public static final Errno EROFS = new Errno(30);
    /** The other end of the pipe is closed: nobody reads it. */
    public static final Errno EPIPE = new Errno(32);
    /** A number is out of range. */
    public static final Errno ERANGE = new Errno(34);
    /** A name is too long. */
    public static final Errno ENAMETOOLONG = new Errno(36);
    /** A channel program failed with an error of its own. */
    public static final Errno ECHRNG = new Errno(44);
    /** A checksum does not match: {@code EBADE}, which OpenZFS calls {@code ECKSUM}. */
    public static final Errno ECKSUM = new Errno(52);
    /** A channel program exceeded its limit of Lua instructions. */
    public static final Errno ETIME = new Errno(62);
    /** Not supported: {@code EOPNOTSUPP}. */
    public static final Errno ENOTSUP = new Errno(95);
    /** A quota is exceeded. */
    public static final Errno EDQUOT = new Errno(122);
    /** The pool already has a checkpoint. */
    public static final Errno ZFS_ERR_CHECKPOINT_EXISTS = new Errno(1024);
    /** The pool's checkpoint is being discarded. */
    public static final Errno ZFS_ERR_DISCARDING_CHECKPOINT = new Errno(1025);
    /** The pool has no checkpoint. */
    public static final Errno ZFS_ERR_NO_CHECKPOINT = new Errno(1026);
    /** The loaded module does not know the call. */
    public static final Errno ZFS_ERR_IOC_CMD_UNAVAIL = new Errno(1029);
    /** The loaded module does not know an argument of the call. */
    public static final Errno ZFS_ERR_IOC_ARG_UNAVAIL = new Errno(1030);
    /** The loaded module requires an argument that was not given. */
    public static final Errno ZFS_ERR_IOC_ARG_REQUIRED = new Errno(1031);
    /** An argument of the call has the wrong type. */
    public static final Errno ZFS_ERR_IOC_ARG_BADTYPE = new Errno(1032);
    /** The parent cannot have a dataset of this kind below it. */
    public static final Errno ZFS_ERR_WRONG_PARENT = new Errno(1033);
    /** The source of a bookmark is not an ancestor of its dataset. */
    public static final Errno ZFS_ERR_BOOKMARK_SOURCE_NOT_ANCESTOR = new Errno(1039);
    /** The stream ended early. */
    public static final Errno ZFS_ERR_STREAM_TRUNCATED = new Errno(1040);
    /** A property is invalid. */
    public static final Errno ZFS_ERR_BADPROP = new Errno(1044);

    private static final String UNKNOWN = "unknown error";

    private static final class Table {
        static final Map<Integer, String[]> ENTRIES = new HashMap<>();

        static {
            for (String line : ErrnoText.LINES.split("\n", -1)) {
                String[] parts = line.strip().split(" ", 3);
                if (parts.length == 3) {
                    ENTRIES.put(Integer.parseInt(parts[0]), new String[] {parts[1], parts[2]});
                }
            }
        }
    }

    /** Returns its name in C; {@code E} and the number if it is unknown. */
    public String name() {
        String[] entry = Table.ENTRIES.get(number);
        return entry == null ? "E" + number : entry[0];
    }

    /** Returns its meaning, in a few words. */
    public String text() {
        String[] entry = Table.ENTRIES.get(number);
        return entry == null ? UNKNOWN : entry[1];
    }

    /** Returns name, number and meaning, for example {@code EEXIST (17): already exists}. */
    @Override
    public String toString() {
        return name() + " (" + number + "): " + text();
    }
}
