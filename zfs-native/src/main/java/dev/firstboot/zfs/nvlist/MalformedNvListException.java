package dev.firstboot.zfs.nvlist;

import dev.firstboot.zfs.error.ZfsException;

/** The bytes are not a packed list. The message says what is wrong and where. */
public final class MalformedNvListException extends ZfsException {
    private static final long serialVersionUID = 1L;

    private final int offset;

    MalformedNvListException(String problem, int offset) {
        super("not a packed nvlist: " + problem + ", at byte " + offset);
        this.offset = offset;
    }

    /** Returns where, in bytes from the start of the packed list. */
    public int offset() {
        return offset;
    }
}
