package dev.firstboot.operate;

import dev.firstboot.FirstbootException;

/** Something could not be done with a stack; the message names the machine, what is wrong, and the way out. */
public final class StackException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    private final String machine;
    private final boolean gone;

    StackException(String machine, String message) {
        this(machine, message, false);
    }

    StackException(String machine, String message, boolean gone) {
        super("machine " + machine + ": " + message);
        this.machine = machine;
        this.gone = gone;
    }

    /** Returns whether there is no such snapshot any more, or another one of that name. */
    public boolean isGone() {
        return gone;
    }

    /** Returns the machine's name. */
    public String machine() {
        return machine;
    }
}
