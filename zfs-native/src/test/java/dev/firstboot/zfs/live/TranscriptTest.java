package dev.firstboot.zfs.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Zfs;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.VarSnippet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The session of JShell that the README shows, typed into one. */
class TranscriptTest extends PoolsTest {
    private static final String PROMPT = "jshell> ";
    private static final String FAILED = " failed";
    private static final List<String> IMPORTS =
            List.of("dev.firstboot.zfs.*", "dev.firstboot.zfs.stream.*", "java.nio.file.*");

    @TempDir
    private Path directory;

    private final AtomicInteger typed = new AtomicInteger();

    /** What the README shows. */
    static String transcript() throws IOException {
        try (InputStream in = requireNonNull(TranscriptTest.class.getResourceAsStream("transcript.txt"))) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void transcript_typed_showsWhatItSays() throws IOException, URISyntaxException {
        // The pool is called otherwise here, the version may be another, and files go where they are cleared away.
        String expected = transcript()
                .replace("tank/", pool("fs1/"))
                .replace("2.3.9-1", zfs().version())
                .replace("/tmp/", directory + "/");
        List<String> shown = new ArrayList<>();
        try (JShell shell = JShell.builder()
                .executionEngine("local")
                .tempVariableNameGenerator(() -> "$" + typed.get())
                .build()) {
            shell.addToClasspath(Path.of(Zfs.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString());
            IMPORTS.forEach(name -> shell.eval("import " + name + ";"));
            for (String line : expected.lines().toList()) {
                if (line.startsWith(PROMPT)) {
                    shown.add(line);
                    typed.incrementAndGet();
                    shell.eval(line.substring(PROMPT.length()) + ";").forEach(event -> show(shell, event, shown));
                }
            }
        }
        assertThat(shown).isEqualTo(expected.lines().toList());
    }

    /** As the tool does. */
    private static void show(JShell shell, SnippetEvent event, List<String> shown) {
        Snippet snippet = event.snippet();
        if (event.exception() instanceof EvalException failure) {
            String message = String.valueOf(failure.getMessage());
            int end = message.indexOf(FAILED);
            shown.add("|  Exception " + failure.getExceptionClassName() + ": "
                    + (end < 0 ? message : message.substring(0, end + FAILED.length())));
        } else if (event.status() == Snippet.Status.REJECTED) {
            shell.diagnostics(snippet).forEach(found -> shown.add("|  Error: " + found.getMessage(null)));
        } else if (snippet instanceof VarSnippet variable) {
            shown.add(variable.name() + " ==> " + event.value());
        }
    }
}
