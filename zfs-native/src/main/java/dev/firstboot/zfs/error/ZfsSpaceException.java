package dev.firstboot.zfs.error;

import java.util.List;

/** No space is left in the pool, or below the quota: {@code ENOSPC}, {@code EDQUOT}. */
public final class ZfsSpaceException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    ZfsSpaceException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(function, subject, errno, items);
    }
}
