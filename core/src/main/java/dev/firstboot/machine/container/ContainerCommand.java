package dev.firstboot.machine.container;

import dev.firstboot.internal.check.Limits;
import dev.firstboot.internal.tool.ToolCancelledException;
import dev.firstboot.internal.tool.ToolException;
import dev.firstboot.internal.tool.ToolProcess;
import dev.firstboot.internal.tool.ToolResult;
import dev.firstboot.internal.tool.ToolRun;
import dev.firstboot.machine.Command;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.RunningCommand;
import dev.firstboot.machine.life.BoundedOutput;
import dev.firstboot.machine.life.Commands;
import dev.firstboot.machine.life.HostTools;
import dev.firstboot.machine.life.Interruption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A command in a container: a process of this host that ends with this JVM. */
final class ContainerCommand implements RunningCommand {
    private final String machine;
    private final Command command;
    private final BoundedOutput output = new BoundedOutput();
    private final BoundedOutput errors = new BoundedOutput();
    private final ToolProcess process;
    private volatile boolean expired;

    /** Starts {@code entering} followed by the command's words. */
    ContainerCommand(String machine, Command command, ToolRun entering) {
        this.machine = machine;
        this.command = command;
        entering.addAll(command.words()).anyStatus();
        command.inputFile().ifPresentOrElse(entering::stdin, () -> entering.stdin(command.input()));
        entering.output(command.output().orElse(output));
        entering.errors(command.errors().orElse(errors));
        this.process = HostTools.start(machine, entering);
        command.timeout().ifPresent(this::expireAfter);
    }

    private void expireAfter(Duration timeout) {
        // The timer stops when the command ends.
        CompletableFuture<Boolean> unused = process.end()
                .thenApply(end -> true)
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .whenCompleteAsync((end, late) -> expire());
    }

    private void expire() {
        if (process.isAlive()) {
            expired = true;
            process.cancel();
        }
    }

    @Override
    public Command command() {
        return command;
    }

    @Override
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public CommandResult await() {
        try {
            ToolResult result = process.await();
            return new CommandResult(machine, command, result.status(), output.bytes(), errors.bytes());
        } catch (ToolCancelledException e) {
            throw ended();
        } catch (ToolException e) {
            throw new MachineException(machine, String.valueOf(e.getMessage()), e);
        }
    }

    private MachineException ended() {
        if (expired) {
            return Commands.late(machine, command);
        }
        return Thread.currentThread().isInterrupted()
                ? Interruption.of(machine, "running " + command.program())
                : Commands.cancelled(machine, command);
    }

    @Override
    public Optional<CommandResult> await(Duration limit) {
        try {
            return process.await(Limits.limit(limit)) ? Optional.of(await()) : Optional.empty();
        } catch (InterruptedException e) {
            process.cancel();
            throw Interruption.of(machine, "running " + command.program());
        }
    }

    @Override
    public void cancel() {
        process.cancel();
    }

    @Override
    public String toString() {
        return command + " in machine " + machine + (isRunning() ? " (running)" : " (ended)");
    }
}
