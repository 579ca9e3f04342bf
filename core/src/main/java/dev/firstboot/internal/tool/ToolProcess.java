package dev.firstboot.internal.tool;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running tool. It ends by itself, by {@link #cancel()} or {@link #kill()}, or with this JVM. Thread-safe, except that only one thread may call
 * {@link #await()}.
 */
public final class ToolProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ToolProcess.class);
    /** How long the supervisor may need beyond the grace period to end the last of the tool's children. */
    private static final Duration SWEEP = Duration.ofSeconds(15);

    /** How often a caller that waits for a consumer checks whether the tool was cancelled. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final ToolRun run;
    private final Process supervisor;
    private final Tail tail;
    private final List<Pump> pumps = new ArrayList<>();
    private volatile boolean cancelled;

    private ToolProcess(ToolRun run, Process supervisor) {
        this.run = run;
        this.supervisor = supervisor;
        this.tail = new Tail(run.tailLines);
    }

    static ToolProcess start(ToolRun run) {
        Path program = run.tool.require();
        byte @Nullable [] input = run.input;
        List<String> command = new ArrayList<>(run.entering);
        command.addAll(Leash.command(run.grace, input == null ? -1 : input.length, run.inputFile));
        command.add(program.toString());
        command.addAll(run.arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        if (run.directory != null) {
            builder.directory(run.directory.toFile());
        }
        HostEnvironment.clean(builder.environment());
        builder.environment().putAll(run.environment);
        if (run.logFile != null) {
            builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(run.logFile.toFile()));
        } else if (run.outputFile != null) {
            builder.redirectOutput(run.outputFile.toFile());
        }
        LOG.debug("running {}", run);
        try {
            ToolProcess process = new ToolProcess(run, builder.start());
            process.pump();
            if (input != null) {
                process.feed(input);
            }
            return process;
        } catch (IOException e) {
            String why = run.tool + " could not be started: " + e.getMessage() + Descriptors.shortage();
            throw new ToolException(run.tool, ToolException.NO_STATUS, List.of(), why, run.hint, e);
        }
    }

    /** Returns the process id of the tool's supervisor; when it ends, everything ends. TERM to it is a {@link #cancel()}. */
    public long pid() {
        return supervisor.pid();
    }

    /** Returns the tool itself; empty if it has ended or not started. */
    public Stream<ProcessHandle> tool() {
        return supervisor.toHandle().children();
    }

    /** Returns whether the tool, or anything it left behind, still runs. */
    public boolean isAlive() {
        return supervisor.isAlive();
    }

    /** Returns the last lines so far. */
    public List<String> tail() {
        return run.logFile == null ? tail.lines() : FileTail.lines(run.logFile, run.tailLines);
    }

    /**
     * Waits until the tool has ended and its consumers have received all output.
     *
     * @throws ToolCancelledException after {@link #cancel()} or {@link #kill()}, or if the calling thread is interrupted; its interrupt status stays
     *     set
     * @throws ToolException if it failed, took too long, or a consumer of its output threw
     */
    public ToolResult await() {
        try {
            Duration limit = run.timeout;
            if (limit == null) {
                supervisor.waitFor();
            } else if (!supervisor.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                cancel();
                throw failure(ToolException.NO_STATUS, "did not end within " + limit.toMillis() / 1000.0 + " s", null);
            }
            for (Pump pump : pumps) {
                // After a cancellation, do not wait for a consumer that never returns.
                while (!pump.join(LOOK) && !cancelled) {}
            }
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new ToolCancelledException(run.tool, tail());
        }
        return result();
    }

    /** Returns a future that completes when the tool has ended. */
    public CompletableFuture<?> end() {
        return supervisor.onExit();
    }

    /** Waits at most this long for the end; returns true if the tool has ended. */
    public boolean await(Duration limit) throws InterruptedException {
        return supervisor.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the tool and everything it started, TERM first; returns when they are gone. Does nothing if the tool has ended. */
    public void cancel() {
        if (supervisor.isAlive()) {
            cancelled = true;
        }
        dropLeash();
        reap(run.grace.plus(SWEEP));
    }

    /** Kills the tool and everything it started; returns when they are gone. */
    public void kill() {
        if (supervisor.isAlive()) {
            cancelled = true;
        }
        order(Leash.KILL);
        reap(SWEEP);
    }

    /** Lets the tool outlive this JVM. It should then write to a {@linkplain ToolRun#log log file}. */
    public void release() {
        order(Leash.RELEASE);
    }

    /** The same as {@link #cancel()}. */
    @Override
    public void close() {
        cancel();
    }

    @Override
    public String toString() {
        return run + " (" + (isAlive() ? "running" : "ended") + ", supervisor " + pid() + ")";
    }

    private void pump() {
        if (run.logFile != null) {
            return;
        }
        String name = "firstboot-" + run.tool.program();
        if (run.outputFile == null) {
            ByteSink sink = sink(run.outputStream, run.onOutput);
            pumps.add(Pump.start(name + "-output", supervisor.getInputStream(), sink, this::dropLeash));
        }
        ByteSink sink = sink(run.errorStream, run.onError);
        pumps.add(Pump.start(name + "-errors", supervisor.getErrorStream(), sink, this::dropLeash));
    }

    private ByteSink sink(@Nullable OutputStream stream, @Nullable Consumer<String> consumer) {
        return stream == null ? lines(consumer) : ByteSink.stream(stream);
    }

    private Lines lines(@Nullable Consumer<String> consumer) {
        return new Lines(line -> {
            tail.add(line);
            if (consumer != null) {
                consumer.accept(line);
            }
        });
    }

    private void feed(byte[] input) {
        try {
            OutputStream leash = supervisor.getOutputStream();
            leash.write(input);
            leash.flush();
        } catch (IOException e) {
            // The supervisor has already ended; its exit status and last lines say why.
            LOG.debug("input of {} was not taken: {}", run.tool, e.toString());
        }
    }

    private void order(int letter) {
        try {
            OutputStream leash = supervisor.getOutputStream();
            leash.write(letter);
            leash.flush();
        } catch (IOException e) {
            LOG.debug("{} has ended already: {}", run.tool, e.toString());
        }
    }

    private void dropLeash() {
        try {
            supervisor.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("{} has ended already: {}", run.tool, e.toString());
        }
    }

    /** Waits for the end, including the threads, despite interrupts: after this nothing of the tool is left. */
    private void reap(Duration limit) {
        boolean interrupted = false;
        long end = System.nanoTime() + limit.toNanos();
        while (supervisor.isAlive()) {
            try {
                if (!supervisor.waitFor(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    supervisor.destroyForcibly();
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        for (Pump pump : pumps) {
            interrupted |= pump.joinInterrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private ToolResult result() {
        int status = supervisor.exitValue();
        for (Pump pump : pumps) {
            Throwable failure = pump.failure();
            if (failure instanceof RuntimeException e) {
                throw e;
            } else if (failure instanceof Error e) {
                throw e;
            } else if (failure != null) {
                throw failure(status, "was stopped: its output could not be written: " + failure.getMessage(), failure);
            }
        }
        if (cancelled) {
            throw new ToolCancelledException(run.tool, tail());
        }
        if (!run.accepts(status)) {
            throw failure(status, how(status), null);
        }
        dropLeash();
        return new ToolResult(status, tail());
    }

    private static String how(int status) {
        return status > 128 && status < 128 + 65
                ? "was ended by signal " + (status - 128)
                : "failed with status " + status;
    }

    private ToolException failure(int status, String what, @Nullable Throwable cause) {
        String message = run.tool + " " + what + System.lineSeparator() + "  " + run;
        return new ToolException(run.tool, status, tail(), message, run.hint, cause);
    }
}
