package dev.firstboot.machine;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A machine that was booted. Thread-safe: one thread may wait while another stops it. Blocking methods answer to interruption with a
 * {@link MachineException} and leave the thread interrupted.
 */
public interface Machine extends AutoCloseable {
    /** How long {@link #awaitReady()} waits; machines without hardware virtualization are slow. */
    Duration READY_TIMEOUT = Duration.ofMinutes(10);

    /** How long {@link #stop()} waits. */
    Duration STOP_TIMEOUT = Duration.ofMinutes(3);

    /** The machine's name, for people. */
    String name();

    /** Waits until the machine says that its services take work; see {@link #awaitReady(Duration)}. */
    default Readiness awaitReady() {
        return awaitReady(READY_TIMEOUT);
    }

    /**
     * Waits until the machine says that its services take work. Once said, it is said until the next {@link #start()}.
     *
     * @throws ReadinessTimeoutException when it does not within the time, with what failed inside
     * @throws MachineException at once when the machine is off
     */
    Readiness awaitReady(Duration timeout);

    /**
     * Where a client on this host connects to reach a TCP port of the machine.
     *
     * @throws MachineException for a port of a virtual machine that is not forwarded; the message names those that are
     */
    InetSocketAddress endpoint(int port);

    /**
     * Runs a command as root inside, to its end: the short form of {@link #run(Command)}. Each word is an argument of its own; no shell reads them. For a line of
     * shell say {@code run("sh", "-c", "ls /srv | wc -l")}.
     *
     * @throws MachineException as {@link #run(Command)} does
     */
    default CommandResult run(String... command) {
        return run(Command.of(command));
    }

    /** Runs a command as root inside, with this text as its standard input. */
    default CommandResult runWithInput(String input, String... command) {
        return run(Command.builder(command).input(input).build());
    }

    /**
     * Runs a command as root inside, to its end. The command line is visible on the host: a secret goes to its input. What it leaves running in the background
     * goes on, and if that keeps the command's output open, this waits for it, unless output of a virtual machine goes to a stream.
     *
     * @throws MachineException when it could not be run, as in a virtual machine whose image has no guest agent; when it takes longer than its timeout; when a
     *     stream does not take its output; or when it says more than 16 MiB that go to no stream. A command that fails is a {@link CommandResult}
     */
    CommandResult run(Command command);

    /**
     * Starts a command as root inside and returns at once. In a virtual machine what goes to streams passes through files in {@code /var/tmp} inside.
     *
     * @throws MachineException when the machine is off, or between two boots, or the command's input cannot be read
     */
    RunningCommand launch(Command command);

    /**
     * The file that what the console says is written to; it is deleted by {@link #close()}. Of a console that says more than 32 MiB the oldest part reads as
     * zeros: at least the last 16 MiB are there.
     */
    Path console();

    /** The last lines the console has said, oldest first, without escape codes. */
    List<String> consoleTail(int lines);

    /** Whether the machine is powered on. */
    boolean isRunning();

    /** Shuts the machine down in order; see {@link #stop(Duration)}. */
    default void stop() {
        stop(STOP_TIMEOUT);
    }

    /**
     * Shuts the machine down in order and waits until it is off. Does nothing to a machine that is off.
     *
     * @throws MachineException when it is not off within the time; it is still running then
     */
    void stop(Duration timeout);

    /** Pulls the plug: no process inside gets to do anything more. Does nothing to a machine that is off. */
    void kill();

    /**
     * Powers a machine on that is off, with the disk as it was left, the same credentials and the same endpoints.
     *
     * @throws MachineException when it is running, closed, or does not start, or when its disk's image was replaced meanwhile
     */
    void start();

    /**
     * Lets the machine run on after this JVM. This object is closed by it; the machine cleans up after itself when it is shut down
     * from within or by {@link DetachedMachine#stopCommand()}.
     */
    DetachedMachine detach();

    /** Pulls the plug if the machine is running and removes all that it used on the host. Does nothing the second time. */
    @Override
    void close();
}
