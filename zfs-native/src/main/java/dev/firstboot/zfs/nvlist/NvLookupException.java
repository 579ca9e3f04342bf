package dev.firstboot.zfs.nvlist;

import dev.firstboot.zfs.error.ZfsException;

/** A list does not hold what it was asked for: no such name, another type, or more than one. Tells what is there instead. */
public final class NvLookupException extends ZfsException {
    private static final long serialVersionUID = 1L;

    private final String name;

    NvLookupException(String name, String problem) {
        super(problem);
        this.name = name;
    }

    /** The name that was asked for. */
    public String name() {
        return name;
    }
}
