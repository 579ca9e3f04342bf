package dev.firstboot.machine.qemu;

import dev.firstboot.internal.json.Json;
import dev.firstboot.internal.json.JsonObject;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The agent inside a virtual machine that runs commands for us. See QEMU's {@code docs/interop/qemu-ga-ref}. Its channel accepts one connection,
 * which is kept. Thread-safe: commands of several threads run in parallel.
 */
final class GuestAgent implements AutoCloseable {
    /** A machine without hardware virtualization is slow on a busy host. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** How long to wait for an answer before the machine is checked. */
    private static final Duration ATTENTION = Duration.ofSeconds(10);

    private final Path socket;
    private final Runnable attend;
    private @Nullable JsonSocket connection;

    /** {@code attend} is called from time to time while there is no answer; it throws if none can come. */
    GuestAgent(Path socket, Runnable attend) {
        this.socket = socket;
        this.attend = attend;
    }

    /**
     * A running or ended command.
     *
     * @param exited whether it has ended
     * @param exitCode 128 + n if signal n ended it
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Status(boolean exited, int exitCode, byte[] output, byte[] errors, boolean truncated) {}

    /** Returns whether the agent answers within this time. */
    synchronized boolean answers(Duration patience) throws IOException {
        long id = ThreadLocalRandom.current().nextLong(1, 1L << 31);
        try {
            JsonSocket current = open();
            // 0xff resets the agent's parser, in case an earlier connection left half a request in it.
            current.write(new byte[] {(byte) 0xff}, patience);
            current.writeLine(request("guest-sync-delimited", Map.of("id", id)), patience);
            long end = System.nanoTime() + patience.toNanos();
            while (true) {
                JsonObject answer = current.read(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
                if (answer.number("return").map(Number::longValue).orElse(-1L) == id) {
                    return true;
                }
            }
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Starts a command and returns its pid; with {@code capture}, its output is kept for {@link #status}. */
    long start(byte[] input, List<String> command, boolean capture) throws IOException {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("path", command.get(0));
        arguments.put("arg", new ArrayList<>(command.subList(1, command.size())));
        arguments.put("input-data", Base64.getEncoder().encodeToString(input));
        arguments.put("capture-output", capture);
        return call("guest-exec", arguments)
                .number("pid")
                .orElseThrow(() -> new IOException("the guest agent started nothing"))
                .longValue();
    }

    Status status(long pid) throws IOException {
        JsonObject answer = call("guest-exec-status", Map.of("pid", pid));
        int code = answer.number("signal")
                .map(signal -> 128 + signal.intValue())
                .orElseGet(() -> answer.number("exitcode").map(Number::intValue).orElse(0));
        return new Status(
                answer.isTrue("exited"),
                code,
                decoded(answer, "out-data"),
                decoded(answer, "err-data"),
                answer.isTrue("out-truncated") || answer.isTrue("err-truncated"));
    }

    /** Opens a file inside, in a mode of fopen(3), and returns its handle. */
    long open(String file, String mode) throws IOException {
        return answer("guest-file-open", Map.of("path", file, "mode", mode))
                .number("return")
                .orElseThrow(() -> new IOException("the guest agent opened nothing"))
                .longValue();
    }

    /** Reads what is available, up to {@code count} bytes; empty at the current end of the file. */
    byte[] read(long handle, int count) throws IOException {
        return decoded(call("guest-file-read", Map.of("handle", handle, "count", count)), "buf-b64");
    }

    /** Writes all these bytes. */
    void write(long handle, byte[] bytes) throws IOException {
        call(
                "guest-file-write",
                Map.of("handle", handle, "buf-b64", Base64.getEncoder().encodeToString(bytes)));
    }

    /** Closes a file. */
    void close(long handle) throws IOException {
        call("guest-file-close", Map.of("handle", handle));
    }

    private static byte[] decoded(JsonObject answer, String field) throws IOException {
        try {
            return Base64.getDecoder().decode(answer.text(field).orElse(""));
        } catch (IllegalArgumentException e) {
            throw new IOException("its answer is damaged: " + e.getMessage(), e);
        }
    }

    private JsonObject call(String command, Map<String, ?> arguments) throws IOException {
        JsonObject answer = answer(command, arguments);
        return answer.object("return").orElse(answer);
    }

    private synchronized JsonObject answer(String command, Map<String, ?> arguments) throws IOException {
        try {
            JsonSocket current = open();
            long end = System.nanoTime() + PATIENCE.toNanos();
            current.writeLine(request(command, arguments), PATIENCE);
            while (true) {
                JsonObject answer = read(current, end);
                if (answer.object("error").isPresent()) {
                    throw new RefusedException(
                            answer.object("error").get().text("desc").orElse("?"));
                }
                if (answer.has("return")) {
                    return answer;
                }
            }
        } catch (RefusedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Its answer may still come, and would be taken for another request's.
            close();
            throw e;
        }
    }

    private JsonObject read(JsonSocket current, long end) throws IOException {
        while (true) {
            Duration left = Duration.ofNanos(end - System.nanoTime());
            try {
                return current.read(left.compareTo(ATTENTION) < 0 ? left : ATTENTION);
            } catch (SocketTimeoutException e) {
                if (left.compareTo(ATTENTION) < 0) {
                    throw e;
                }
                attend.run();
            }
        }
    }

    /** The agent understood the request and refused it. */
    static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String reason) {
            super(reason);
        }
    }

    private static String request(String command, Map<String, ?> arguments) {
        return Json.writeLine(Map.of("execute", command, "arguments", arguments));
    }

    private JsonSocket open() throws IOException {
        JsonSocket current = connection;
        if (current == null) {
            current = JsonSocket.connect(socket);
            connection = current;
        }
        return current;
    }

    @Override
    public synchronized void close() {
        JsonSocket current = connection;
        connection = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                // It is useless either way.
            }
        }
    }
}
