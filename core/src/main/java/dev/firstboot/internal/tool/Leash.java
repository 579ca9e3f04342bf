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
 * The command line that puts a tool on its leash: a small supervisor holds the reading end of a pipe from this JVM and
 * ends the tool, and all it started, when the pipe ends. The kernel closes the pipe however this JVM dies.
 */
final class Leash {

    static final Tool PERL = Tool.of("perl", "perl-base");
    static final Tool SETSID = Tool.of("setsid", "util-linux");

    /** Ends the tool at once. */
    static final int KILL = 'K';
    /** Lets the tool outlive this JVM. */
    static final int RELEASE = 'R';

    private static final Map<String, Integer> PRCTL = Map.of("amd64", 157, "x86_64", 157, "aarch64", 167);
    private static final String SCRIPT = script("leash.pl", Leash.class.getResourceAsStream("leash.pl"));

    private Leash() {}

    /** The arguments before the tool's own; {@code size} is negative where standard input is {@code input}. */
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

    /** The text of a script that its caller ships, which is missing where there is no stream. */
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
