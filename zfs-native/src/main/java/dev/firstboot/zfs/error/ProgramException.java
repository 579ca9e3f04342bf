package dev.firstboot.zfs.error;

import java.util.List;

/** A channel program that could not be run, or failed. What it had changed before stays changed. */
public final class ProgramException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    private final String said;

    /** Makes one with what the program's error said; empty if it said nothing. */
    public ProgramException(String function, String pool, Errno errno, String said) {
        super(function, said.isEmpty() ? pool : pool + ": " + said.strip(), errno, List.of());
        this.said = said;
    }

    /** The program's own words, from Lua; empty if there are none. */
    public String said() {
        return said;
    }
}
