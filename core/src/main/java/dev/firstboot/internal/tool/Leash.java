package dev.firstboot.internal.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the command line that runs a tool under a small supervisor, which holds the reading end of a pipe from this JVM and ends the tool, and
 * everything it started, when the pipe closes. The kernel closes the pipe however this JVM dies.
 */
final class Leash {

    static final Tool PERL = Tool.of("perl", "perl-base");
    static final Tool SETSID = Tool.of("setsid", "util-linux");

    /** Kills the tool. */
    static final int KILL = 'K';
    /** Lets the tool outlive this JVM. */
    static final int RELEASE = 'R';

    private static final Map<String, Integer> PRCTL = Map.of("amd64", 157, "x86_64", 157, "aarch64", 167);
    private static final String SCRIPT = script("leash.pl", Leash.class.getResourceAsStream("leash.pl"));

    private Leash() {}

    /** Returns the arguments before the tool's own; {@code size} is negative if standard input is {@code input}. */
    static List<String> command(Duration grace, long size, Path input) {
        SETSID.require();
        int prctl = PRCTL.getOrDefault(System.getProperty("os.arch", ""), 0);
        String seconds = String.format(Locale.ROOT, "%.3f", grace.toMillis() / 1000.0);
        return List.of(
                PERL.require().toString(),
                "-e",
                SCRIPT,
                Integer.toString(prctl),
                seconds,
                Long.toString(size),
                input.toString());
    }

    /** Returns the text of a script that its caller ships; a null stream means that it is missing. */
    static String script(String name, @Nullable InputStream stream) {
        try (stream) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing beside " + Leash.class.getName());
            }
            return new String(stream.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
