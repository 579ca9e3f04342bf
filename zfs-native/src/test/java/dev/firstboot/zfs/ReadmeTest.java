package dev.firstboot.zfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    /** The live tests type it into a JShell. */
    @Test
    void session_inReadme_isTheOneThatIsTyped() throws IOException {
        try (InputStream in = requireNonNull(ReadmeTest.class.getResourceAsStream("live/transcript.txt"))) {
            String typed = new String(in.readAllBytes(), UTF_8);
            assertThat(Files.readString(Path.of("../README.md"))).contains("```jshell\n" + typed + "```");
        }
    }
}
