package dev.firstboot.examples.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlainProgressTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void tasks_sideBySide_areToldInOneLine() throws InterruptedException {
        try (Progress progress =
                new PlainProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), Duration.ofMillis(20))) {
            progress.started("rootfs", "install the packages");
            progress.started("modules", "compile");
            progress.progressed("rootfs", 12, 812, "MiB");
            for (int i = 0; i < 500 && !shown().contains("…"); i++) {
                Thread.sleep(10);
            }
            progress.finished("rootfs", "36.0 s");
        }

        assertThat(shown())
                .startsWith("  → rootfs: install the packages\n  → modules: compile\n")
                .contains("    … rootfs 0 s (12 of 812 MiB), modules 0 s\n")
                .endsWith("  ✓ rootfs: 36.0 s\n");
    }
}
