package dev.firstboot.machine.qemu;

import dev.firstboot.machine.Command;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.life.BoundedOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Streams output: the command reads from and writes to files in its own directory inside, in {@code /var/tmp}. Space that was read is freed from time
 * to time. Output that goes to no stream is kept, up to a limit.
 */
final class GuestFiles implements GuestOutput {
    /** The most that is requested from the agent at once. */
    static final int PIECE = 1 << 20;

    /** How much may be read before its space is freed. */
    private static final long HELD = 32 << 20;

    private static final String PREPARE = "umask 077; d=$(mktemp -d /var/tmp/firstboot-command-XXXXXX) && : >$d/in"
            + " && : >$d/output && : >$d/errors && echo $d";
    private static final String RUN = "d=$1; shift; exec setsid -- \"$@\" <\"$d/in\" >\"$d/output\" 2>\"$d/errors\"";

    private final GuestAgent agent;
    private final Command command;
    private final List<Flow> flows = new ArrayList<>();
    private @Nullable String directory;

    GuestFiles(GuestAgent agent, Command command) {
        this.agent = agent;
        this.command = command;
    }

    @Override
    public long begin(Runnable wanted) throws IOException, InterruptedException {
        String made = ask(PREPARE);
        directory = made;
        feed(made + "/in", wanted);
        flows.add(new Flow(made + "/output", command.output().orElse(null)));
        flows.add(new Flow(made + "/errors", command.errors().orElse(null)));
        List<String> words = GuestOutput.shell(RUN, made);
        words.addAll(command.words());
        return agent.start(new byte[0], words, false);
    }

    private void feed(String file, Runnable wanted) throws IOException, InterruptedException {
        Path source = command.inputFile().orElse(null);
        try (InputStream input = source == null
                ? new ByteArrayInputStream(command.input())
                : patiently(() -> Files.newInputStream(source), wanted)) {
            long handle = agent.open(file, "w");
            try {
                while (true) {
                    byte[] piece = patiently(() -> input.readNBytes(PIECE), wanted);
                    wanted.run();
                    if (piece.length == 0) {
                        return;
                    }
                    agent.write(handle, piece);
                }
            } finally {
                agent.close(handle);
            }
        }
    }

    /** Reads in another thread: opening a pipe, or reading from it, may block forever. */
    private <T> T patiently(Callable<T> reading, Runnable wanted) throws IOException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(reading);
        Thread thread = new Thread(task, "firstboot-input");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                return task.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                wanted.run();
            } catch (ExecutionException e) {
                throw new InputException(command.inputFile().orElse(null), Objects.requireNonNullElse(e.getCause(), e));
            }
        }
    }

    @Override
    public boolean move() throws IOException {
        boolean moved = false;
        for (Flow flow : flows) {
            moved |= flow.move();
        }
        return moved;
    }

    @Override
    public CommandResult result(String machine, GuestAgent.Status status) throws IOException {
        for (Flow flow : flows) {
            flow.flush();
        }
        return new CommandResult(
                machine,
                command,
                status.exitCode(),
                flows.get(0).kept.bytes(),
                flows.get(1).kept.bytes());
    }

    /** Runs a script to its end and returns its output, which is one line. */
    private String ask(String script, String... arguments) throws IOException, InterruptedException {
        long pid = agent.start(new byte[0], GuestOutput.shell(script, arguments), true);
        GuestAgent.Status status = agent.status(pid);
        while (!status.exited()) {
            Thread.sleep(20);
            status = agent.status(pid);
        }
        if (status.exitCode() != 0) {
            throw new IOException(new String(status.errors(), StandardCharsets.UTF_8).strip());
        }
        return new String(status.output(), StandardCharsets.UTF_8).strip();
    }

    @Override
    public void close() throws IOException {
        for (Flow flow : flows) {
            agent.close(flow.handle);
        }
        if (directory != null) {
            agent.start(
                    new byte[0],
                    GuestOutput.shell("rm -f \"$1/in\" \"$1/output\" \"$1/errors\"; rmdir \"$1\"", directory),
                    false);
        }
    }

    /** One file being transferred. */
    private final class Flow {
        private final String file;
        private final long handle;
        private final BoundedOutput kept = new BoundedOutput();
        private final OutputStream sink;
        private long position;
        private long released;

        Flow(String file, @Nullable OutputStream stream) throws IOException {
            this.file = file;
            this.handle = agent.open(file, "r");
            this.sink = stream == null ? kept : stream;
        }

        boolean move() throws IOException {
            byte[] bytes = agent.read(handle, PIECE);
            try {
                sink.write(bytes);
            } catch (IOException e) {
                throw new SinkException(e);
            }
            position += bytes.length;
            if (position - released > HELD) {
                released = position;
                agent.start(
                        new byte[0],
                        GuestOutput.shell(
                                "fallocate --punch-hole --offset 0 --length \"$2\" \"$1\"",
                                file,
                                Long.toString(position)),
                        false);
            }
            if (bytes.length == 0) {
                flush();
            }
            return bytes.length > 0;
        }

        private void flush() throws IOException {
            try {
                sink.flush();
            } catch (IOException e) {
                throw new SinkException(e);
            }
        }
    }
}
