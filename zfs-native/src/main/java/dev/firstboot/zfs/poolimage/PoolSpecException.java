package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.error.ZfsException;

/**
 * A pool whose parts do not fit together. {@link PoolImage.Builder#build()} throws it and names every problem. A part that is invalid by itself throws
 * {@link IllegalArgumentException} at the call that takes it.
 */
public final class PoolSpecException extends ZfsException {
    private static final long serialVersionUID = 1;

    PoolSpecException(String message) {
        super(message);
    }
}
