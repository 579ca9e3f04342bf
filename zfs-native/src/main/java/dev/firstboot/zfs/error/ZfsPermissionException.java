package dev.firstboot.zfs.error;

import java.util.List;

/** This user may not do it: {@code EPERM}. */
public final class ZfsPermissionException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    ZfsPermissionException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(function, subject, errno, items);
    }
}
