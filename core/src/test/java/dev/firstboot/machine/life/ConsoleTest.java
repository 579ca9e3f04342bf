package dev.firstboot.machine.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleTest {
    private static final String LINE = "{\"firstboot\":\"ready\",\"image\":\"chat\",\"firstBoot\":true,\"seconds\":1}";

    @TempDir
    Path directory;

    private Console console;

    @BeforeEach
    void boot() {
        console = new Console(directory.resolve("console.log"));
        console.rewind();
    }

    @Test
    void readiness_lineInPieces_isFoundWhenWhole() throws IOException {
        say("\u001b[0;32m OK \u001b[0m\r\n" + LINE.substring(0, 20));
        assertThat(console.readiness()).isEmpty();
        say(LINE.substring(20));
        assertThat(console.readiness()).isPresent();
    }

    @Test
    void readiness_ofTheBootBefore_isForgotten() throws IOException {
        say(LINE + "\n");
        assertThat(console.readiness()).isPresent();
        console.rewind();
        assertThat(console.readiness()).isEmpty();
        say(LINE.replace("true", "false") + "\n");
        assertThat(console.readiness()).get().matches(ready -> !ready.firstBoot());
    }

    @Test
    void readiness_endlessLine_doesNotFillTheMemory() throws IOException {
        for (int i = 0; i < 40; i++) {
            say("x".repeat(100_000));
            assertThat(console.readiness()).isEmpty();
        }
        say("\n" + LINE + "\n");
        assertThat(console.readiness()).isPresent();
    }

    @Test
    void panicked_kernelSaysSo_isNoticedUntilTheNextBoot() throws IOException {
        say("[    0.04] Kernel panic - not syncing: IO-APIC + timer doesn't work!\r\n[    0.05] CPU: 0\n");
        assertThat(console.readiness()).isEmpty();
        assertThat(console.panicked()).isTrue();
        console.rewind();
        assertThat(console.panicked()).isFalse();
    }

    @Test
    void tail_escapeCodes_areGone() throws IOException {
        say("one\r\n\r\n\u001b[1mtwo\u001b[0m\r\nthree");
        assertThat(console.tail(2)).containsExactly("two", "three");
    }

    private void say(String text) throws IOException {
        Files.writeString(directory.resolve("console.log"), text, StandardOpenOption.APPEND);
    }
}
