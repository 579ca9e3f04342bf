package dev.firstboot.machine;

import dev.firstboot.FirstbootException;
import org.jspecify.annotations.Nullable;

/** Thrown when a machine cannot be started, reached or stopped. The message names the machine and says what to do. */
public class MachineException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    private final String machine;

    /** Creates an exception with the machine's name, and what is wrong and what to do about it. */
    public MachineException(String machine, String message) {
        this(machine, message, null);
    }

    /** Creates the same with its cause. */
    public MachineException(String machine, String message, @Nullable Throwable cause) {
        super("machine " + machine + ": " + message, cause);
        this.machine = machine;
    }

    /** Returns the machine's name. */
    public String machine() {
        return machine;
    }
}
