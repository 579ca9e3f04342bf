package dev.firstboot.machine.life;

import dev.firstboot.machine.Command;
import dev.firstboot.machine.MachineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Errors for commands that did not end by themselves. */
public final class Commands {
    private Commands() {}

    /** Throws if the command's input cannot be read. */
    public static void requireInput(String machine, Command command) {
        Path input = command.inputFile().orElse(null);
        if (input == null) {
            return;
        }
        String problem = !Files.exists(input)
                ? "is not there"
                : Files.isDirectory(input) ? "is a directory" : Files.isReadable(input) ? "" : "may not be read";
        if (!problem.isEmpty()) {
            throw new MachineException(
                    machine, "cannot run " + command.program() + ": its input, " + input + " of this host, " + problem);
        }
    }

    public static MachineException late(String machine, Command command) {
        Duration timeout = command.timeout().orElse(Duration.ZERO);
        return new MachineException(
                machine,
                command.program() + " did not end within " + timeout.toMillis() / 1000.0
                        + " s and was ended; give it a longer timeout(), or none");
    }

    public static MachineException cancelled(String machine, Command command) {
        return new MachineException(machine, command.program() + " was cancelled");
    }
}
