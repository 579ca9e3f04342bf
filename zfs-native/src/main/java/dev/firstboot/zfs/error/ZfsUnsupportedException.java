package dev.firstboot.zfs.error;

import java.util.List;

/** Not supported here: the library, the loaded module or the pool lacks it. {@code ENOTSUP}, {@code ENOSYS}, {@code ZFS_ERR_IOC_CMD_UNAVAIL} and their like. */
public final class ZfsUnsupportedException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    ZfsUnsupportedException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(function, subject, errno, items);
    }

    /** A function that the running library does not have. */
    public static ZfsUnsupportedException missing(String function) {
        return new ZfsUnsupportedException(function, "not in this version of the library", new Errno(38), List.of());
    }
}
