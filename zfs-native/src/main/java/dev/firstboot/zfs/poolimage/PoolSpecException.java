package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.error.ZfsException;

/** The description of a pool image is invalid. The message has every problem. */
public final class PoolSpecException extends ZfsException {
    private static final long serialVersionUID = 1;

    PoolSpecException(String message) {
        super(message);
    }
}
