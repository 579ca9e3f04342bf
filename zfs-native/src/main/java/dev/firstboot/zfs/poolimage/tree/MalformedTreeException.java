package dev.firstboot.zfs.poolimage.tree;

import dev.firstboot.zfs.error.ZfsException;

/** A tree that cannot be written: it is damaged, unsafe, or has an entry that this writer does not support. The message has the path. */
public final class MalformedTreeException extends ZfsException {
    private static final long serialVersionUID = 1;

    /** Creates an exception that says what is wrong and where. */
    public MalformedTreeException(String message) {
        super(message);
    }
}
