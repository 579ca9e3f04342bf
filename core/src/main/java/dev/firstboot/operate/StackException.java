package dev.firstboot.operate;

import dev.firstboot.FirstbootException;

/** Something could not be done with a stack; the message names the machine, what is wrong, and the way out. */
public final class StackException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    private final String machine;

    /** Makes one for the machine of this name. */
    public StackException(String machine, String message) {
        super("machine " + machine + ": " + message);
        this.machine = machine;
    }

    /** Returns the machine's name. */
    public String machine() {
        return machine;
    }
}
