package dev.firstboot.machine.life;

import dev.firstboot.machine.MachineException;

/** The exception for a thread interrupted while it worked with a machine. */
public final class Interruption {
    private Interruption() {}

    /** Returns the exception to throw; the thread stays interrupted. */
    public static MachineException of(String machine, String doing) {
        Thread.currentThread().interrupt();
        return new MachineException(machine, "interrupted while " + doing);
    }
}
