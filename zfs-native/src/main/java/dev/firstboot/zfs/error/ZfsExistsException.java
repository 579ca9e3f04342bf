package dev.firstboot.zfs.error;

import java.util.List;

/** What was to be made is there already, or stands in the way: {@code EEXIST}. */
public final class ZfsExistsException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    ZfsExistsException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(function, subject, errno, items);
    }
}
