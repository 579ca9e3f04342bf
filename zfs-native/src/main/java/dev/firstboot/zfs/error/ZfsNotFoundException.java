package dev.firstboot.zfs.error;

import java.util.List;

/** What was named is not there: {@code ENOENT}, {@code ESRCH}, {@code ENXIO}, {@code ENODEV}. */
public final class ZfsNotFoundException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    ZfsNotFoundException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(function, subject, errno, items);
    }
}
