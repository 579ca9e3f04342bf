package dev.firstboot.zfs.error;

import java.util.List;

/** The user is not permitted to do this: {@code EPERM}. Most calls need root. */
public final class ZfsPermissionException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    ZfsPermissionException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(function, subject, errno, items);
    }
}
