package dev.firstboot.machine.qemu;

import dev.firstboot.internal.json.Json;
import dev.firstboot.internal.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** QEMU's machine protocol (QMP), with one short connection per call. See QEMU's {@code docs/interop/qmp-spec.txt}. */
final class Qmp {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** A line of {@code info usernet}: protocol, descriptor, source address and port, destination address and port. */
    private static final Pattern FORWARD =
            Pattern.compile("TCP\\[HOST_FORWARD]\\s+\\d+\\s+\\S+\\s+(\\d+)\\s+\\S+\\s+(\\d+)");

    private final Path socket;

    Qmp(Path socket) {
        this.socket = socket;
    }

    /** Presses the power button. */
    void powerdown() throws IOException {
        call("system_powerdown", Map.of());
    }

    /** Returns whether QEMU paused the machine because a write failed: QEMU then waits, and the machine never notices. */
    boolean isStoppedByAnError() throws IOException {
        return call("query-status", Map.of())
                .object("return")
                .flatMap(status -> status.text("status"))
                .filter("io-error"::equals)
                .isPresent();
    }

    /** Resumes the machine and retries the failed write. */
    void goOn() throws IOException {
        call("cont", Map.of());
    }

    /** Returns the open host ports by machine port, as QEMU reports them. */
    Map<Integer, Integer> forwardedPorts() throws IOException {
        String text = call("human-monitor-command", Map.of("command-line", "info usernet"))
                .text("return")
                .orElse("");
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        Matcher matcher = FORWARD.matcher(text);
        while (matcher.find()) {
            ports.put(Integer.valueOf(matcher.group(2)), Integer.valueOf(matcher.group(1)));
        }
        return ports;
    }

    private JsonObject call(String command, Map<String, String> arguments) throws IOException {
        try (JsonSocket connection = JsonSocket.connect(socket)) {
            connection.read(PATIENCE);
            answer(connection, Map.of("execute", "qmp_capabilities"));
            return answer(connection, Map.of("execute", command, "arguments", arguments));
        }
    }

    private static JsonObject answer(JsonSocket connection, Map<String, ?> request) throws IOException {
        connection.writeLine(Json.writeLine(request), PATIENCE);
        while (true) {
            JsonObject answer = connection.read(PATIENCE);
            if (answer.has("return")) {
                return answer;
            }
            if (answer.has("error")) {
                throw new IOException("QEMU refused " + request.get("execute") + ": " + answer);
            }
        }
    }
}
