package dev.firstboot.zfs.poolimage.tree;

import dev.firstboot.zfs.error.ZfsException;

/** A tree that cannot be written: damaged, unsafe, or with something that this writer does not take. Names the path. */
public final class MalformedTreeException extends ZfsException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong and where. */
    public MalformedTreeException(String message) {
        super(message);
    }
}
