package dev.firstboot.zfs.error;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * An error number of Linux ({@code errno.h}) or of OpenZFS ({@code zfs_errno_t} in {@code sys/fs/zfs.h}, from 1024 on). A number that is not known here keeps its
 * number.
 *
 * @param number the number
 */
public record Errno(int number) implements Serializable {
    /** Not permitted. */
    public static final Errno EPERM = new Errno(1);
    /** There is no such thing. */
    public static final Errno ENOENT = new Errno(2);
    /** There is none to go on with. */
    public static final Errno ESRCH = new Errno(3);
    /** A signal came in between. */
    public static final Errno EINTR = new Errno(4);
    /** The device failed. */
    public static final Errno EIO = new Errno(5);
    /** Too long a list, or a value in it. */
    public static final Errno E2BIG = new Errno(7);
    /** The file descriptor is not right. */
    public static final Errno EBADF = new Errno(9);
    /** Try again. */
    public static final Errno EAGAIN = new Errno(11);
    /** Out of memory. */
    public static final Errno ENOMEM = new Errno(12);
    /** Access denied; of an encrypted dataset, its key is wrong or not loaded. */
    public static final Errno EACCES = new Errno(13);
    /** In use. */
    public static final Errno EBUSY = new Errno(16);
    /** It is there already. */
    public static final Errno EEXIST = new Errno(17);
    /** Two pools, or two things that do not belong together. */
    public static final Errno EXDEV = new Errno(18);
    /** There is no such device. */
    public static final Errno ENODEV = new Errno(19);
    /** An argument is wrong. */
    public static final Errno EINVAL = new Errno(22);
    /** What is to be overwritten has changed or is in use. */
    public static final Errno ETXTBSY = new Errno(26);
    /** No space left. */
    public static final Errno ENOSPC = new Errno(28);
    /** Read only. */
    public static final Errno EROFS = new Errno(30);
    /** Nobody reads the pipe. */
    public static final Errno EPIPE = new Errno(32);
    /** A number is out of range. */
    public static final Errno ERANGE = new Errno(34);
    /** A name is too long. */
    public static final Errno ENAMETOOLONG = new Errno(36);
    /** A channel program ended by an error of its own. */
    public static final Errno ECHRNG = new Errno(44);
    /** A checksum does not match: {@code EBADE}, which OpenZFS calls {@code ECKSUM}. */
    public static final Errno ECKSUM = new Errno(52);
    /** A channel program used up its time: {@code ETIME}. */
    public static final Errno ETIME = new Errno(62);
    /** Not supported: {@code EOPNOTSUPP}. */
    public static final Errno ENOTSUP = new Errno(95);
    /** Over quota. */
    public static final Errno EDQUOT = new Errno(122);
    /** The pool has a checkpoint already. */
    public static final Errno ZFS_ERR_CHECKPOINT_EXISTS = new Errno(1024);
    /** The pool's checkpoint is being discarded. */
    public static final Errno ZFS_ERR_DISCARDING_CHECKPOINT = new Errno(1025);
    /** The pool has no checkpoint. */
    public static final Errno ZFS_ERR_NO_CHECKPOINT = new Errno(1026);
    /** The loaded module does not know the call. */
    public static final Errno ZFS_ERR_IOC_CMD_UNAVAIL = new Errno(1029);
    /** The loaded module does not know an argument of the call. */
    public static final Errno ZFS_ERR_IOC_ARG_UNAVAIL = new Errno(1030);
    /** The loaded module wants an argument that was not given. */
    public static final Errno ZFS_ERR_IOC_ARG_REQUIRED = new Errno(1031);
    /** An argument of the call is of the wrong type. */
    public static final Errno ZFS_ERR_IOC_ARG_BADTYPE = new Errno(1032);
    /** A dataset of this kind cannot be there. */
    public static final Errno ZFS_ERR_WRONG_PARENT = new Errno(1033);
    /** What a bookmark is to be made of is no ancestor. */
    public static final Errno ZFS_ERR_BOOKMARK_SOURCE_NOT_ANCESTOR = new Errno(1039);
    /** The stream ended early. */
    public static final Errno ZFS_ERR_STREAM_TRUNCATED = new Errno(1040);
    /** A property is not right. */
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

    /** Its name in C, or {@code E} and the number if it is not known. */
    public String name() {
        String[] entry = Table.ENTRIES.get(number);
        return entry == null ? "E" + number : entry[0];
    }

    /** What it means, in a few words. */
    public String text() {
        String[] entry = Table.ENTRIES.get(number);
        return entry == null ? UNKNOWN : entry[1];
    }

    /** Name, number and meaning: {@code EEXIST (17): already exists}. */
    @Override
    public String toString() {
        return name() + " (" + number + "): " + text();
    }
}
