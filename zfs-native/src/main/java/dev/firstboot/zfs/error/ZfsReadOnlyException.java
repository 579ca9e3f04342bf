package dev.firstboot.zfs.error;

import java.util.List;

/** The pool or dataset is read only: {@code EROFS}. */
public final class ZfsReadOnlyException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    ZfsReadOnlyException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(function, subject, errno, items);
    }
}
