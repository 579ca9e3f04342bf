package dev.firstboot.zfs.error;

import java.util.List;

/** A channel program that could not start, or failed: {@code lzc_channel_program}. Changes that it made before stay. */
public final class ProgramException extends ZfsCallException {
    private static final long serialVersionUID = 1L;

    private final String said;

    /** Creates an exception with the message of the program's error; empty if it has none. */
    public ProgramException(String function, String pool, Errno errno, String said) {
        super(function, said.isEmpty() ? pool : pool + ": " + said.strip(), errno, List.of());
        this.said = said;
    }

    /** Returns the message of the program's error, from Lua; empty if it has none. */
    public String said() {
        return said;
    }
}
