package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The whole script that the README shows: it bakes, boots and asks. */
class JShellIT {
    @Test
    void script_whole_bakesAndBoots() throws IOException {
        Path directory = Files.createDirectories(Path.of("target/jshell"));
        try (Shell shell = new Shell()) {
            for (String line : Snippets.lines(Snippets.SCRIPT)) {
                String value = shell.type(line.replace("chat.qcow2", directory + "/chat.qcow2"));
                if (line.startsWith("Readiness")) {
                    assertThat(value).contains("ready");
                } else if (line.contains("registered_users")) {
                    assertThat(value).contains("admin");
                }
            }
        }
    }
}
