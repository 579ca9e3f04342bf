package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class QuickstartTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private int run(String... args) {
        return Quickstart.run(new PrintStream(bytes, true, StandardCharsets.UTF_8), args);
    }

    @Test
    void run_help_saysWhatThereIs() {
        assertThat(run("--help")).isZero();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("--keep", "result.json");
    }

    @Test
    void run_unknownOption_isNamed() {
        assertThat(run("--kepe")).isEqualTo(2);
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("there is no option --kepe", "--keep");
    }
}
