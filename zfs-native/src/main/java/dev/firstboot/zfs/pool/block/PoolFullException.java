package dev.firstboot.zfs.pool.block;

import dev.firstboot.zfs.error.ZfsException;

/** The tree does not fit into the pool. Tells how much room there is and that more is needed. */
public final class PoolFullException extends ZfsException {
    private static final long serialVersionUID = 1;

    PoolFullException(long needed, long capacity) {
        super("the tree does not fit: at least " + needed + " bytes are needed, the pool has room for " + capacity
                + "; make the image larger");
    }
}
