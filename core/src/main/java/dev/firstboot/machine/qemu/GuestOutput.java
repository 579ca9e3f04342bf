package dev.firstboot.machine.qemu;

import dev.firstboot.machine.Command;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.MachineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a command in a virtual machine gets its input and delivers its output. */
interface GuestOutput extends AutoCloseable {
    /** Starts the command as the leader of its own session and returns its pid inside. {@code wanted} throws when the command is no longer wanted. */
    long begin(Runnable wanted) throws IOException, InterruptedException;

    /** Transfers new output to its destination; returns false if there is none. */
    boolean move() throws IOException;

    /** Transfers the rest of an ended command's output. */
    CommandResult result(String machine, GuestAgent.Status status) throws IOException;

    @Override
    void close() throws IOException;

    /** The caller's stream rejected the output. */
    final class SinkException extends IOException {
        private static final long serialVersionUID = 1L;

        SinkException(IOException cause) {
            super(String.valueOf(cause.getMessage()), cause);
        }
    }

    /** Returns what suits the command. */
    static GuestOutput of(GuestAgent agent, Command command) {
        boolean simple = command.output().isEmpty()
                && command.errors().isEmpty()
                && command.inputFile().isEmpty()
                && command.input().length <= GuestFiles.PIECE;
        return simple ? new Kept(agent, command) : new GuestFiles(agent, command);
    }

    /** The command's input cannot be read on this host. */
    final class InputException extends IOException {
        private static final long serialVersionUID = 1L;

        InputException(@Nullable Path input, Throwable cause) {
            super("its input, " + input + " of this host, cannot be read: " + cause, cause);
        }
    }

    /** Returns the words with which a shell inside runs a script; the command's words may follow. */
    static List<String> shell(String script, String... arguments) {
        List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", script, "firstboot-command"));
        words.addAll(List.of(arguments));
        return words;
    }

    /**
     * Output kept by the agent itself, which holds 16 MiB and returns them at the end.
     *
     * @param agent the agent
     * @param command the command
     */
    record Kept(GuestAgent agent, Command command) implements GuestOutput {
        @Override
        public long begin(Runnable wanted) throws IOException {
            List<String> words = new ArrayList<>(List.of("setsid", "--"));
            words.addAll(command.words());
            return agent.start(command.input(), words, true);
        }

        @Override
        public boolean move() {
            return false;
        }

        @Override
        public CommandResult result(String machine, GuestAgent.Status status) {
            if (status.truncated()) {
                throw new MachineException(
                        machine,
                        command.program() + " wrote more than the guest agent keeps; take it as it comes, with"
                                + " Command.builder(...).output(...) or errors(...)");
            }
            return new CommandResult(machine, command, status.exitCode(), status.output(), status.errors());
        }

        @Override
        public void close() {}
    }
}
