package dev.firstboot.machine.qemu;

import dev.firstboot.internal.check.Limits;
import dev.firstboot.machine.Command;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.RunningCommand;
import dev.firstboot.machine.life.BaseMachine;
import dev.firstboot.machine.life.Commands;
import dev.firstboot.machine.life.Interruption;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One command through the guest agent, from waiting for the agent to the command's end, in its own thread. */
final class GuestCommand implements RunningCommand {
    /** A machine that is just booting has no agent yet. */
    static final Duration AGENT = Duration.ofMinutes(3);

    private static final Duration SYNC_TRY = Duration.ofSeconds(2);
    private static final long LONGEST_POLL_MILLIS = 250;
    /** Ending a command takes six seconds at most, and the agent's answers a little more. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    /** Ends a process group: TERM, then KILL for what still runs after three seconds. */
    private static final String END = """
            kill -s TERM -- "-$1"
            left=60
            while kill -s 0 -- "-$1" && [ $left -gt 0 ]; do
                sleep 0.1
                left=$((left - 1))
                [ $left -gt 30 ] || kill -s KILL -- "-$1"
            done 2>/dev/null
            """;

    private final BaseMachine machine;
    private final GuestAgent agent;
    private final Command command;
    private final long start = System.nanoTime();
    private final CompletableFuture<CommandResult> end = new CompletableFuture<>();
    private volatile boolean cancelled;
    /** Its pid inside; 0 before it has started. */
    private volatile long begun;

    private GuestCommand(BaseMachine machine, GuestAgent agent, Command command) {
        this.machine = machine;
        this.agent = agent;
        this.command = command;
    }

    /** Starts a command; waits at most {@code patience} for the agent. */
    static GuestCommand start(BaseMachine machine, GuestAgent agent, Command command, Duration patience) {
        GuestCommand started = new GuestCommand(machine, agent, command);
        Thread thread = new Thread(() -> started.live(patience), "firstboot-" + machine.name() + "-command");
        thread.setDaemon(true);
        thread.start();
        return started;
    }

    private void live(Duration patience) {
        try {
            end.complete(run(patience));
        } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
        }
    }

    private CommandResult run(Duration patience) {
        try {
            awaitAgent(patience);
            try (GuestOutput output = GuestOutput.of(agent, command)) {
                return follow(output);
            }
        } catch (InterruptedException | ClosedByInterruptException e) {
            throw Interruption.of(machine.name(), "running " + command.program());
        } catch (GuestAgent.RefusedException | GuestOutput.InputException e) {
            throw new MachineException(machine.name(), "cannot run " + command.program() + ": " + e.getMessage(), e);
        } catch (GuestOutput.SinkException e) {
            throw new MachineException(
                    machine.name(),
                    command.program() + " was ended: its output could not be written: " + e.getMessage(),
                    e);
        } catch (IOException e) {
            machine.requireRunning("running " + command.program());
            throw new MachineException(
                    machine.name(),
                    "lost its guest agent while running " + command.program() + ": " + e.getMessage(),
                    e);
        }
    }

    private CommandResult follow(GuestOutput output) throws IOException, InterruptedException {
        long pid = output.begin(this::requireWanted);
        begun = pid;
        long pause = 10;
        try {
            while (true) {
                GuestAgent.Status status = agent.status(pid);
                boolean moved = output.move();
                if (status.exited()) {
                    while (output.move()) {
                        // What it left behind may run forever.
                        requireWanted();
                    }
                    return output.result(machine.name(), status);
                }
                requireWanted();
                pause = moved ? 10 : Math.min(LONGEST_POLL_MILLIS, pause * 2);
                Thread.sleep(pause);
            }
        } catch (RuntimeException | GuestOutput.SinkException | GuestAgent.RefusedException | Error e) {
            try {
                endInside(pid);
            } catch (IOException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    private void requireWanted() {
        if (cancelled) {
            throw Commands.cancelled(machine.name(), command);
        }
        Duration timeout = command.timeout().orElse(null);
        if (timeout != null && System.nanoTime() - start > timeout.toNanos()) {
            throw Commands.late(machine.name(), command);
        }
    }

    /** Ends the command's process group, of which it is the leader, and waits until none is left. */
    private void endInside(long pid) throws IOException, InterruptedException {
        long ending = agent.start(new byte[0], GuestOutput.shell(END, Long.toString(pid)), false);
        long patience = System.nanoTime() + GRACE.toNanos();
        while (!agent.status(ending).exited() && System.nanoTime() < patience) {
            Thread.sleep(50);
        }
        agent.status(pid);
    }

    private void awaitAgent(Duration patience) throws InterruptedException, ClosedByInterruptException {
        long end = System.nanoTime() + patience.toNanos();
        String last = "no answer";
        for (long left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
            machine.requireRunning("waiting for its guest agent");
            requireWanted();
            try {
                if (agent.answers(left < SYNC_TRY.toNanos() ? Duration.ofNanos(left) : SYNC_TRY)) {
                    return;
                }
                machine.attend();
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (IOException e) {
                last = String.valueOf(e.getMessage());
                Thread.sleep(100);
            }
        }
        throw new MachineException(
                machine.name(),
                "its guest agent does not answer (" + last
                        + "): does the image have qemu-guest-agent, and has it booted?");
    }

    @Override
    public Command command() {
        return command;
    }

    @Override
    public boolean isRunning() {
        return !end.isDone();
    }

    @Override
    public CommandResult await() {
        Duration timeout = command.timeout().orElse(null);
        try {
            if (timeout == null) {
                return end.get();
            }
            long left = start + timeout.plus(GRACE.multipliedBy(2)).toNanos() - System.nanoTime();
            return end.get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            leave(Commands.late(machine.name(), command));
            return await();
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    @Override
    public Optional<CommandResult> await(Duration limit) {
        try {
            return Optional.of(end.get(Limits.limit(limit).toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw interrupted();
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    /** Ends a command whose own thread is stuck in a stream or file of the caller. */
    private void leave(MachineException why) {
        if (end.isDone()) {
            return;
        }
        try {
            machine.attend();
        } catch (MachineException e) {
            end.completeExceptionally(e);
            return;
        }
        if (!end.completeExceptionally(why) || begun == 0) {
            return;
        }
        try {
            endInside(begun);
        } catch (IOException | MachineException e) {
            why.addSuppressed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private MachineException interrupted() {
        cancelled = true;
        return Interruption.of(machine.name(), "running " + command.program());
    }

    private static RuntimeException failure(ExecutionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
            return cause;
        } else if (e.getCause() instanceof Error cause) {
            throw cause;
        }
        return new IllegalStateException(e);
    }

    @Override
    public void cancel() {
        cancelled = true;
        boolean interrupted = false;
        long patience = System.nanoTime() + GRACE.multipliedBy(2).toNanos();
        for (long left; !end.isDone() && (left = patience - System.nanoTime()) > 0; ) {
            try {
                end.get(left, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException | TimeoutException e) {
                break;
            }
        }
        leave(Commands.cancelled(machine.name(), command));
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return command + " in machine " + machine.name() + (isRunning() ? " (running)" : " (ended)");
    }
}
