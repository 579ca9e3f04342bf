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
 * A tool under way. It ends by itself, by {@link #cancel()} or {@link #kill()}, or with this JVM. Thread-safe, but
 * {@link #await()} is for one thread.
 */
public final class ToolProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ToolProcess.class);
    /** What the supervisor may need beyond the grace period to end the last of the tool's children. */
    private static final Duration SWEEP = Duration.ofSeconds(15);

    /** How often who waits for a consumer looks whether the tool was cancelled meanwhile. */
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

    /** The process id of the tool's supervisor, whose end is the end of all. TERM to it is a {@link #cancel()}. */
    public long pid() {
        return supervisor.pid();
    }

    /** The tool itself; empty when it has ended or not begun. */
    public Stream<ProcessHandle> tool() {
        return supervisor.toHandle().children();
    }

    /** Whether the tool, or anything it left behind, still runs. */
    public boolean isAlive() {
        return supervisor.isAlive();
    }

    /** The last lines so far. */
    public List<String> tail() {
        return run.logFile == null ? tail.lines() : FileTail.lines(run.logFile, run.tailLines);
    }

    /**
     * Waits for the tool's end, and for its consumers to have seen all of it.
     *
     * @throws ToolCancelledException after {@link #cancel()} or {@link #kill()}, or when the calling thread is
     *     interrupted, which stays set
     * @throws ToolException when it failed, took too long, or a consumer of its output threw
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
                // A consumer that never comes back holds up nobody who has given up.
                while (!pump.join(LOOK) && !cancelled) {}
            }
        } catch (InterruptedException e) {
            cancel();
            Thread.currentThread().interrupt();
            throw new ToolCancelledException(run.tool, tail());
        }
        return result();
    }

    /** Completes when the tool has ended. */
    public CompletableFuture<?> end() {
        return supervisor.onExit();
    }

    /** Waits this long for the end; true when the tool has ended. */
    public boolean await(Duration limit) throws InterruptedException {
        return supervisor.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends the tool and all it started, TERM first; returns when it is gone. Does nothing to a tool that has ended. */
    public void cancel() {
        if (supervisor.isAlive()) {
            cancelled = true;
        }
        dropLeash();
        reap(run.grace.plus(SWEEP));
    }

    /** Ends the tool and all it started at once; returns when it is gone. */
    public void kill() {
        if (supervisor.isAlive()) {
            cancelled = true;
        }
        order(Leash.KILL);
        reap(SWEEP);
    }

    /** Lets the tool outlive this JVM. It should write to a {@linkplain ToolRun#log log file} then. */
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
            // The supervisor is gone already; its exit status and last lines say why.
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

    /** Waits for the end, also of the threads, whatever interrupts: after this nothing of the tool is left. */
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
