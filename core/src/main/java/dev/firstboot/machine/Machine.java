package dev.firstboot.machine;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A booted machine. Thread-safe: one thread may wait while another stops it. If interrupted, blocking methods throw a {@link MachineException} and
 * leave the thread interrupted.
 */
public interface Machine extends AutoCloseable {
    /** The default timeout of {@link #awaitReady()}; machines without hardware virtualization are slow. */
    Duration READY_TIMEOUT = Duration.ofMinutes(10);

    /** The default timeout of {@link #stop()}. */
    Duration STOP_TIMEOUT = Duration.ofMinutes(3);

    /** Returns the machine's name, for display. */
    String name();

    /** Waits until the machine reports that its services are ready; see {@link #awaitReady(Duration)}. */
    default Readiness awaitReady() {
        return awaitReady(READY_TIMEOUT);
    }

    /**
     * Waits until the machine reports that its services are ready. The report is valid until the next {@link #start()}.
     *
     * @throws ReadinessTimeoutException if it does not within the time, with what failed inside
     * @throws MachineException at once if the machine is off
     */
    Readiness awaitReady(Duration timeout);

    /**
     * Returns the address on which a client on this host reaches a TCP port of the machine.
     *
     * @throws MachineException for a port of a virtual machine that is not forwarded; the message lists the forwarded ones
     */
    InetSocketAddress endpoint(int port);

    /**
     * Runs a command as root inside and waits for its end: short for {@link #run(Command)}. Each word is one argument; no shell interprets them. For
     * a shell command line use {@code run("sh", "-c", "ls /srv | wc -l")}.
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
     * Runs a command as root inside and waits for its end. The command line is visible on the host: pass secrets through its input. Processes it
     * leaves in the background keep running. If they keep the command's output open, this waits for them, unless output of a virtual machine goes to
     * a stream.
     *
     * @throws MachineException if it could not be run, as in a virtual machine whose image has no guest agent; if it exceeds its timeout; if a stream
     *     rejects its output; or if it writes more than 16 MiB that go to no stream. A command that fails is not an exception but a
     *     {@link CommandResult}
     */
    CommandResult run(Command command);

    /**
     * Starts a command as root inside and returns at once. In a virtual machine, output to streams passes through files in {@code /var/tmp} inside.
     *
     * @throws MachineException if the machine is off, or between two boots, or the command's input cannot be read
     */
    RunningCommand launch(Command command);

    /**
     * Returns the file with the console output; {@link #close()} deletes it. If the console writes more than 32 MiB, the oldest part reads as zeros:
     * at least the last 16 MiB are kept.
     */
    Path console();

    /** Returns the last lines of the console, oldest first, without escape codes. */
    List<String> consoleTail(int lines);

    /** Returns whether the machine is powered on. */
    boolean isRunning();

    /** Shuts the machine down cleanly; see {@link #stop(Duration)}. */
    default void stop() {
        stop(STOP_TIMEOUT);
    }

    /**
     * Shuts the machine down cleanly and waits until it is off. Does nothing if the machine is off.
     *
     * @throws MachineException if it is not off within the time; it is still running then
     */
    void stop(Duration timeout);

    /** Cuts the power: no process inside can do anything more. Does nothing if the machine is off. */
    void kill();

    /**
     * Powers on a machine that is off, with the disk as it was left, the same credentials and the same endpoints.
     *
     * @throws MachineException if it is running, closed, or does not start, or if its disk image was replaced in the meantime
     */
    void start();

    /**
     * Lets the machine outlive this JVM. Closes this object; the machine cleans up after itself when it is shut down from inside or by
     * {@link DetachedMachine#stopCommand()}.
     */
    DetachedMachine detach();

    /** Cuts the power if the machine is running and removes everything it used on the host. Idempotent. */
    @Override
    void close();
}
