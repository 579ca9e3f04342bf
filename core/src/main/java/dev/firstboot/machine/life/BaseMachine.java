package dev.firstboot.machine.life;

import dev.firstboot.internal.check.Limits;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.machine.Command;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.DetachedMachine;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.Readiness;
import dev.firstboot.machine.RunningCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all kinds of machine have in common: their life from power-on to cleanup, and waiting for readiness. */
public abstract class BaseMachine implements Machine {
    private static final Logger LOG = LoggerFactory.getLogger(BaseMachine.class);
    private static final Duration POLL = Duration.ofMillis(100);

    /** A machine that is still starting ignores its power button, so it is asked again. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);
    /** How much longer than a command's own limit to wait for its answer. */
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** How often a machine is powered on again within one wait. */
    private static final int TRIES_ANEW = 2;
    /** The limit of one check of the readiness file, so that the console is not neglected for long. */
    private static final Duration GLANCE = Duration.ofSeconds(2);

    private final String name;
    private final Path directory;
    private final Janitor janitor;
    private final Console console;
    private final ReentrantLock lifecycle = new ReentrantLock();
    private volatile @Nullable ToolProcess process;
    private volatile boolean closed;

    protected BaseMachine(String name, Path directory, Janitor janitor) {
        this.name = name;
        this.directory = directory;
        this.janitor = janitor;
        this.console = new Console(directory.resolve("console.log"));
    }

    /** Starts the machine's process; its console must be appended to {@link #console()}. */
    protected abstract ToolProcess powerOn();

    /** Waits until the machine's process has opened everything it was given; throws if it cannot. */
    protected abstract void awaitPowered(ToolProcess running);

    /** Asks the machine to shut down; may be called repeatedly. */
    protected abstract void askToStop(ToolProcess running);

    /** Ends the machine's process; nothing inside can do anything more. */
    protected abstract void pullPlug(ToolProcess running);

    /**
     * Starts a command inside a running machine. Waits at most {@code patience} for the agent that runs it there; null to wait as long as a boot may
     * take.
     */
    protected abstract RunningCommand begin(Command command, @Nullable Duration patience);

    /** Returns whether a kernel that ended with these lines on the console hit a fault of its emulator, so that another start may well succeed. */
    protected boolean isFaultOfTheEmulator(List<String> console) {
        return false;
    }

    /**
     * Helps a machine that has stopped, so that it continues if it can.
     *
     * @throws MachineException if it cannot, with what to do
     */
    public void attend() {}

    /**
     * Returns how long the console may be silent before the readiness file inside is checked: the console may have lost the readiness line, as when a
     * login prompt overwrote it.
     */
    protected abstract Duration silence();

    /** Returns the last output of the machine's process itself, not of what runs inside. */
    protected abstract List<String> lastWords(ToolProcess ended);

    protected final Path directory() {
        return directory;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Path console() {
        return console.file();
    }

    @Override
    public final List<String> consoleTail(int lines) {
        return console.tail(lines);
    }

    @Override
    public final boolean isRunning() {
        ToolProcess current = process;
        return current != null && current.isAlive();
    }

    @Override
    public final void start() {
        lifecycle.lock();
        try {
            requireOpen();
            if (isRunning()) {
                throw new MachineException(name, "is running already");
            }
            console.rewind();
            ToolProcess started = powerOn();
            process = started;
            try {
                Files.writeString(directory.resolve("supervisor.pid"), Long.toString(started.pid()));
                awaitPowered(started);
            } catch (IOException e) {
                started.kill();
                throw new MachineException(
                        name, "cannot write to " + directory + ": " + FullDisk.orSaid(e, directory, "directory()"), e);
            } catch (RuntimeException e) {
                started.kill();
                throw e;
            }
            LOG.debug("machine {} is powered on", name);
        } finally {
            lifecycle.unlock();
        }
    }

    @Override
    public final Readiness awaitReady(Duration limit) {
        Duration timeout = Limits.limit(limit);
        long start = System.nanoTime();
        long quietSince = start;
        long heard = 0;
        int anew = 0;
        while (true) {
            ToolProcess running = requireRunning("becoming ready");
            Optional<Readiness> word = console.readiness();
            if (word.isPresent()) {
                return word.get();
            }
            if (console.panicked()) {
                if (anew < TRIES_ANEW && isFaultOfTheEmulator(consoleTail(300))) {
                    anew++;
                    LOG.warn("machine {} is powered on anew: its kernel tripped over the emulator", name);
                    kill();
                    start();
                    continue;
                }
                throw new MachineException(name, "its kernel panicked:" + indented(consoleTail(30)));
            }
            long now = System.nanoTime();
            if (console.position() != heard) {
                heard = console.position();
                quietSince = now;
            } else if (now - quietSince > silence().toNanos()) {
                attend();
                lookInside(Duration.ofNanos(start + timeout.toNanos() - now));
                quietSince = System.nanoTime();
            }
            if (now - start > timeout.toNanos()) {
                throw Diagnosis.of(this, timeout);
            }
            try {
                running.await(POLL);
            } catch (InterruptedException e) {
                throw Interruption.of(name, "waiting for it to become ready");
            }
        }
    }

    @Override
    public final RunningCommand launch(Command command) {
        requireRunning("running " + command.program());
        Commands.requireInput(name, command);
        return begin(command, null);
    }

    @Override
    public final CommandResult run(Command command) {
        try (RunningCommand running = launch(command)) {
            return running.await();
        }
    }

    /** Runs a command inside, within this time. */
    protected final CommandResult ask(Duration limit, String... words) {
        try (RunningCommand running =
                begin(Command.builder(words).timeout(limit).build(), limit)) {
            // The agent of the machine may not answer at all.
            return running.await(limit.plus(GRACE)).orElseThrow(() -> Commands.late(name, running.command()));
        }
    }

    @Override
    public final void stop(Duration limit) {
        Duration timeout = Limits.limit(limit);
        long end = System.nanoTime() + timeout.toNanos();
        try {
            // Another thread may be starting or stopping it, with a longer timeout.
            if (!lifecycle.tryLock(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw stillOn(timeout);
            }
            try {
                awaitOff(timeout, end);
            } finally {
                lifecycle.unlock();
            }
        } catch (InterruptedException e) {
            throw Interruption.of(name, "waiting for it to shut down");
        }
    }

    private void awaitOff(Duration timeout, long end) throws InterruptedException {
        ToolProcess running = process;
        if (closed || running == null || !running.isAlive()) {
            return;
        }
        boolean off = false;
        while (!off) {
            askToStop(running);
            Duration left = Duration.ofNanos(end - System.nanoTime());
            off = running.await(left.compareTo(ASK_AGAIN) < 0 ? left : ASK_AGAIN);
            if (!off && System.nanoTime() >= end) {
                throw stillOn(timeout);
            }
        }
    }

    private MachineException stillOn(Duration timeout) {
        return new MachineException(
                name,
                "has not shut down within " + timeout.toMillis() / 1000.0
                        + " s; wait longer or kill() it. Its console's last lines:" + indented(consoleTail(10)));
    }

    @Override
    public final void kill() {
        ToolProcess running = process;
        if (running != null && running.isAlive()) {
            pullPlug(running);
        }
    }

    @Override
    public final DetachedMachine detach() {
        lifecycle.lock();
        try {
            requireOpen();
            checkDetachable();
            ToolProcess running = requireRunning("detaching it");
            try {
                Files.createFile(directory.resolve("detached"));
            } catch (IOException e) {
                throw new MachineException(name, "cannot write to " + directory + ": " + e.getMessage(), e);
            }
            running.release();
            outlive();
            janitor.release();
            closed = true;
            process = null; // close() follows this in try-with-resources, and must not cut the power
            return new DetachedMachine(name, janitor.pid(), console());
        } finally {
            lifecycle.unlock();
        }
    }

    @Override
    public final void close() {
        kill();
        lifecycle.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            kill();
            try {
                release();
            } finally {
                janitor.close();
            }
        } finally {
            lifecycle.unlock();
        }
    }

    /** Throws if the machine needs something that ends with this JVM. */
    protected void checkDetachable() {}

    /** Lets processes that belong to the machine outlive this JVM. */
    protected void outlive() {}

    /** Releases what the machine holds in this JVM. */
    protected void release() {}

    /** Returns the running process, or throws an error that says why there is none. */
    public final ToolProcess requireRunning(String doing) {
        requireOpen();
        ToolProcess current = process;
        if (current == null) {
            throw new MachineException(name, "is off, while " + doing + ": start() it");
        }
        if (!current.isAlive()) {
            throw new MachineException(
                    name,
                    "has gone off, while " + doing + "." + indented(lastWords(current)) + System.lineSeparator()
                            + "Its console's last lines:" + indented(consoleTail(20)) + noRoom());
        }
        return current;
    }

    /** Returns what to do about a full disk, if it is full: a container whose console cannot be written to goes off. */
    protected final String noRoom() {
        return FullDisk.isFull(directory) ? System.lineSeparator() + FullDisk.wayOut(directory, "directory()") : "";
    }

    protected final void requireOpen() {
        if (closed) {
            throw new MachineException(name, "it is closed: boot the artifact again");
        }
    }

    private void lookInside(Duration left) {
        if (left.isNegative() || left.isZero()) {
            return;
        }
        try {
            CommandResult file = ask(left.compareTo(GLANCE) < 0 ? left : GLANCE, "cat", "/run/firstboot/ready.json");
            if (file.isSuccess()) {
                ReadinessLine.parse(file.output()).ifPresent(console::ready);
            }
        } catch (MachineException e) {
            LOG.debug("cannot look inside {} yet: {}", name, e.getMessage());
        }
    }

    protected static String indented(List<String> lines) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(System.lineSeparator()).append("  ").append(line));
        return text.toString();
    }
}
