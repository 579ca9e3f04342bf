package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.error.ZfsException;

/** A pool that cannot be written as described. Names every problem. */
public final class PoolSpecException extends ZfsException {
    private static final long serialVersionUID = 1;

    PoolSpecException(String message) {
        super(message);
    }
}
