package dev.firstboot.machine;

import java.time.Duration;
import java.util.Optional;

/** A command started inside a machine by {@link Machine#launch}. Thread-safe: one thread may wait while another cancels it. */
public interface RunningCommand extends AutoCloseable {
    /** Returns the command that runs. */
    Command command();

    /** Returns whether it still runs. In a container also true while background processes hold its output open. */
    boolean isRunning();

    /**
     * Waits until the command has ended and its output is delivered. Interrupting the thread ends the command.
     *
     * @throws MachineException if it was cancelled, exceeded its timeout, wrote more than is kept, or its machine went off; a command that fails is a
     *     {@link CommandResult}
     */
    CommandResult await();

    /** Waits for the command's end for at most this time. Returns empty if it still runs; it continues then. Throws what {@link #await()} throws. */
    Optional<CommandResult> await(Duration limit);

    /** Ends the command and what it started, with SIGTERM first; returns when they are gone. Does nothing if the command has ended. */
    void cancel();

    /** The same as {@link #cancel()}. */
    @Override
    default void close() {
        cancel();
    }
}
