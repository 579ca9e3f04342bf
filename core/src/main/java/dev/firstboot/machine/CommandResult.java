package dev.firstboot.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** How a command inside a machine ended. Immutable. */
public final class CommandResult {
    private final String machine;
    private final List<String> command;
    private final int exitCode;
    private final byte[] output;
    private final byte[] errors;

    /** With what the command wrote, as far as it is kept; the arrays must not change afterwards. */
    public CommandResult(String machine, Command command, int exitCode, byte[] output, byte[] errors) {
        this.machine = machine;
        this.command = command.words();
        this.exitCode = exitCode;
        this.output = output;
        this.errors = errors;
    }

    /** The machine's name. */
    public String machine() {
        return machine;
    }

    /** The command's words. */
    public List<String> command() {
        return command;
    }

    /** Its exit code; 128 + n when signal n ended it, 127 when the machine has no such program, 126 when that cannot be executed. */
    public int exitCode() {
        return exitCode;
    }

    /** What it wrote to standard output, as UTF-8 text; empty where that went to a stream. */
    public String output() {
        return new String(output, UTF_8);
    }

    /** What it wrote to standard error, as UTF-8 text; empty where that went to a stream. */
    public String errors() {
        return new String(errors, UTF_8);
    }

    /** What it wrote to standard output; empty where that went to a stream. */
    public byte[] outputBytes() {
        return output.clone();
    }

    /** What it wrote to standard error; empty where that went to a stream. */
    public byte[] errorBytes() {
        return errors.clone();
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
            String said = errors().isBlank() ? output() : errors();
            throw new MachineException(machine, ending() + System.lineSeparator() + said);
        }
        return this;
    }

    private String ending() {
        return "'" + String.join(" ", command) + "' exited with " + exitCode;
    }

    /** The command, its exit code and, where it failed, the first line of what it wrote to standard error. */
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
