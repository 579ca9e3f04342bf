package dev.firstboot.machine;

import java.util.List;

/**
 * How a command inside a machine ended.
 *
 * @param machine the machine's name
 * @param command the command
 * @param exitCode its exit code; 128 + n when signal n ended it
 * @param output what it wrote to standard output
 * @param errors what it wrote to standard error
 */
public record CommandResult(String machine, List<String> command, int exitCode, String output, String errors) {

    public CommandResult {
        command = List.copyOf(command);
    }

    /** Whether it exited with zero. */
    public boolean isSuccess() {
        return exitCode == 0;
    }

    /**
     * This result, when it is a success.
     *
     * @throws MachineException otherwise, with what the command said
     */
    public CommandResult check() {
        if (!isSuccess()) {
            throw new MachineException(machine, this + System.lineSeparator() + (errors.isBlank() ? output : errors));
        }
        return this;
    }

    @Override
    public String toString() {
        return "'" + String.join(" ", command) + "' exited with " + exitCode;
    }
}
