package dev.firstboot.machine;

import java.time.Duration;
import java.util.Optional;

/** A command that was started inside a machine by {@link Machine#launch}. Thread-safe: one thread may wait while another cancels it. */
public interface RunningCommand extends AutoCloseable {
    /** What runs. */
    Command command();

    /** Whether it still runs. In a container also whether what it left behind has its output open. */
    boolean isRunning();

    /**
     * Waits for the command's end, and until its output is where it should go. An interrupted thread ends the command.
     *
     * @throws MachineException if it was cancelled, took longer than its timeout, said more than is kept, or its machine went off; a command that fails is a
     *     {@link CommandResult}
     */
    CommandResult await();

    /** Waits as long as this for the command's end; empty if it still runs, and it goes on then. Throws what {@link #await()} throws. */
    Optional<CommandResult> await(Duration limit);

    /** Ends the command and what it started, TERM first; returns when they are gone. Does nothing to a command that has ended. */
    void cancel();

    /** The same as {@link #cancel()}. */
    @Override
    default void close() {
        cancel();
    }
}
