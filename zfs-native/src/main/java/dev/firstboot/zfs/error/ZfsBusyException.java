package dev.firstboot.zfs.error;

import java.util.List;

/** The dataset or snapshot is in use, held or modified: {@code EBUSY}, {@code ETXTBSY}. */
public final class ZfsBusyException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    ZfsBusyException(String function, String subject, Errno errno, List<ItemFailure> items) {
        super(function, subject, errno, items);
    }
}
