package dev.firstboot.machine.life;

import dev.firstboot.internal.json.JsonException;
import dev.firstboot.internal.json.JsonObject;
import dev.firstboot.machine.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Finds the readiness report in a console line, which may have other text and escape codes around it. */
final class ReadinessLine {
    private ReadinessLine() {}

    static Optional<Readiness> find(String line) {
        String text = Ansi.strip(line);
        for (int start = text.indexOf('{'); start >= 0; start = text.indexOf('{', start + 1)) {
            int end = text.startsWith("\"firstboot\"", skipBlanks(text, start + 1)) ? endOfObject(text, start) : -1;
            if (end > start) {
                Optional<Readiness> found = parse(text.substring(start, end));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** Parses the object itself, which is also the content of the file inside. */
    static Optional<Readiness> parse(String json) {
        try {
            JsonObject object = JsonObject.parse(json);
            if (!object.text("firstboot").equals(Optional.of("ready"))) {
                return Optional.empty();
            }
            List<Readiness.PassedProbe> probes = object.objects("probes").stream()
                    .map(probe -> new Readiness.PassedProbe(probe.text("name").orElse("?"), seconds(probe)))
                    .toList();
            return Optional.of(new Readiness(
                    object.text("image").orElse("?"),
                    object.isTrue("firstBoot"),
                    seconds(object),
                    probes,
                    object.texts("failedUnits")));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    private static Duration seconds(JsonObject object) {
        double seconds = object.number("seconds").map(Number::doubleValue).orElse(0.0);
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    private static int skipBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** Returns the index after the brace that closes the object, or -1. */
    private static int endOfObject(String text, int start) {
        int depth = 0;
        boolean quoted = false;
        for (int at = start; at < text.length(); at++) {
            char c = text.charAt(at);
            if (quoted && c == '\\') {
                at++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '{') {
                depth++;
            } else if (!quoted && c == '}' && --depth == 0) {
                return at + 1;
            }
        }
        return -1;
    }
}
