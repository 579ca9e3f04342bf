package dev.firstboot.machine;

import java.time.Duration;

/** What is said of commands that did not come to their own end. */
final class Commands {
    private Commands() {}

    static MachineException late(String machine, Command command) {
        Duration timeout = command.timeout();
        return new MachineException(
                machine,
                command.program() + " did not end within " + (timeout == null ? 0 : timeout.toMillis()) / 1000.0
                        + " s and was ended; give it a longer timeout(), or none");
    }

    static MachineException cancelled(String machine, Command command) {
        return new MachineException(machine, command.program() + " was cancelled");
    }
}
