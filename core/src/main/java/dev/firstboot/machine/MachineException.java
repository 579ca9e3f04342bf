package dev.firstboot.machine;

import dev.firstboot.FirstbootException;
import org.jspecify.annotations.Nullable;

/** A machine could not be started, reached or stopped. The message names the machine and says what to do. */
public class MachineException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    private final String machine;

    MachineException(String machine, String message) {
        this(machine, message, null);
    }

    MachineException(String machine, String message, @Nullable Throwable cause) {
        super("machine " + machine + ": " + message, cause);
        this.machine = machine;
    }

    static MachineException interrupted(String machine, String doing) {
        Thread.currentThread().interrupt();
        return new MachineException(machine, "interrupted while " + doing);
    }

    /** The machine's name. */
    public String machine() {
        return machine;
    }
}
