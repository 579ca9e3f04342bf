package dev.firstboot.zfs.error;

import java.util.List;

/** The thing to create exists, or an existing thing, such as a clone, prevents the call: {@code EEXIST}. */
public final class ZfsExistsException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    ZfsExistsException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(function, subject, errno, items);
    }
}
