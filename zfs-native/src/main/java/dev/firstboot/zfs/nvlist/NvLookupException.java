package dev.firstboot.zfs.nvlist;

import dev.firstboot.zfs.error.ZfsException;

/** A list has no pair of the wanted name and type, or more than one. The message lists what it has. */
public final class NvLookupException extends ZfsException {
    private static final long serialVersionUID = 1L;

    private final String name;

    NvLookupException(String name, String problem) {
        super(problem);
        this.name = name;
    }

    /** Returns the wanted name. */
    public String name() {
        return name;
    }
}
