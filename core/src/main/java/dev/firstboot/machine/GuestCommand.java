package dev.firstboot.machine;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One command through the guest agent, from waiting for the agent to the command's end. */
final class GuestCommand {
    /** A machine that is just booting has no agent yet. */
    private static final Duration AGENT = Duration.ofMinutes(3);

    private static final Duration SYNC_TRY = Duration.ofSeconds(2);

    private static final long LONGEST_POLL_MILLIS = 250;

    private final BaseMachine machine;
    private final GuestAgent agent;

    GuestCommand(BaseMachine machine, GuestAgent agent) {
        this.machine = machine;
        this.agent = agent;
    }

    CommandResult run(byte[] input, List<String> command, @Nullable Duration limit) {
        long start = System.nanoTime();
        try {
            awaitAgent(limit == null ? AGENT : limit);
            long pid = agent.start(input, command);
            long pause = 10;
            while (true) {
                GuestAgent.Status status = agent.status(pid);
                if (status.exited()) {
                    return result(command, status);
                }
                if (limit != null && System.nanoTime() - start > limit.toNanos()) {
                    throw new MachineException(
                            machine.name(), command.get(0) + " did not end within " + limit.toSeconds() + " s");
                }
                Thread.sleep(pause);
                pause = Math.min(LONGEST_POLL_MILLIS, pause * 2);
            }
        } catch (InterruptedException | ClosedByInterruptException e) {
            throw MachineException.interrupted(machine.name(), "running " + command.get(0));
        } catch (GuestAgent.RefusedException e) {
            throw new MachineException(machine.name(), "cannot run " + command.get(0) + ": " + e.getMessage(), e);
        } catch (IOException e) {
            machine.requireRunning("running " + command.get(0));
            throw new MachineException(
                    machine.name(), "lost its guest agent while running " + command.get(0) + ": " + e.getMessage(), e);
        }
    }

    private CommandResult result(List<String> command, GuestAgent.Status status) {
        if (status.truncated()) {
            throw new MachineException(
                    machine.name(),
                    command.get(0) + " wrote more than the guest agent keeps; let it write to a file inside");
        }
        return new CommandResult(machine.name(), command, status.exitCode(), status.output(), status.errors());
    }

    private void awaitAgent(Duration patience) throws InterruptedException, ClosedByInterruptException {
        long end = System.nanoTime() + patience.toNanos();
        String last = "no answer";
        for (long left = patience.toNanos(); left > 0; left = end - System.nanoTime()) {
            machine.requireRunning("waiting for its guest agent");
            try {
                if (agent.answers(left < SYNC_TRY.toNanos() ? Duration.ofNanos(left) : SYNC_TRY)) {
                    return;
                }
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
}
