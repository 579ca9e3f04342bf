package dev.firstboot.zfs.error;

import java.util.List;

/**
 * The library, the loaded module or the pool does not support this: {@code ENOTSUP}, {@code ENOSYS}, {@code ZFS_ERR_IOC_CMD_UNAVAIL} and similar errors.
 */
public final class ZfsUnsupportedException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    ZfsUnsupportedException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(function, subject, errno, items);
    }

    /** Returns an exception for a function that the loaded library does not have. */
    public static ZfsUnsupportedException missing(String function) {
        return new ZfsUnsupportedException(function, "not in this version of the library", new Errno(38), List.of());
    }
}
