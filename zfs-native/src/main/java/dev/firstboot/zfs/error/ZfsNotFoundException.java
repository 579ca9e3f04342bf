package dev.firstboot.zfs.error;

import java.util.List;

/** The pool, dataset, snapshot, bookmark or device does not exist: {@code ENOENT}, {@code ESRCH}, {@code ENXIO}, {@code ENODEV}. */
public final class ZfsNotFoundException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    ZfsNotFoundException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(function, subject, errno, items);
    }
}
