package dev.firstboot.machine.life;

import dev.firstboot.machine.MachineException;

/** What is said to a thread that was interrupted while it did something with a machine. */
public final class Interruption {
    private Interruption() {}

    /** The exception to throw; the thread is left interrupted. */
    public static MachineException of(String machine, String doing) {
        Thread.currentThread().interrupt();
        return new MachineException(machine, "interrupted while " + doing);
    }
}
