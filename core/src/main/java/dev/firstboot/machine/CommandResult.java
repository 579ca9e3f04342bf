package dev.firstboot.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** The result of a command inside a machine. Immutable. */
public final class CommandResult {
    private final String machine;
    private final List<String> command;
    private final int exitCode;
    private final byte[] output;
    private final byte[] errors;

    /** Creates a result with the output that was kept; the arrays must not change afterwards. */
    public CommandResult(String machine, Command command, int exitCode, byte[] output, byte[] errors) {
        this.machine = machine;
        this.command = command.words();
        this.exitCode = exitCode;
        this.output = output;
        this.errors = errors;
    }

    /** Returns the machine's name. */
    public String machine() {
        return machine;
    }

    /** Returns the command's words. */
    public List<String> command() {
        return command;
    }

    /** Returns its exit code; 128 + n if signal n ended it, 127 if the machine has no such program, 126 if it cannot be executed. */
    public int exitCode() {
        return exitCode;
    }

    /** Returns what it wrote to standard output, as UTF-8 text; empty if that went to a stream. */
    public String output() {
        return new String(output, UTF_8);
    }

    /** Returns what it wrote to standard error, as UTF-8 text; empty if that went to a stream. */
    public String errors() {
        return new String(errors, UTF_8);
    }

    /** Returns what it wrote to standard output; empty if that went to a stream. */
    public byte[] outputBytes() {
        return output.clone();
    }

    /** Returns what it wrote to standard error; empty if that went to a stream. */
    public byte[] errorBytes() {
        return errors.clone();
    }

    /** Returns whether it exited with zero. */
    public boolean isSuccess() {
        return exitCode == 0;
    }

    /**
     * Returns this result if the command succeeded.
     *
     * @throws MachineException if it failed, with what it wrote
     */
    public CommandResult check() {
        if (!isSuccess()) {
            String said = errors().isBlank() ? output() : errors();
            throw new MachineException(machine, ending() + System.lineSeparator() + said);
        }
        return this;
    }

    private String ending() {
        return "'" + String.join(" ", command) + "' exited with " + exitCode;
    }

    /** Returns the command, its exit code and, if it failed, the first line of its standard error. */
    @Override
    public String toString() {
        return isSuccess()
                ? ending()
                : errors().lines()
                        .filter(line -> !line.isBlank())
                        .findFirst()
                        .map(line -> ending() + ": " + line)
                        .orElseGet(this::ending);
    }
}
