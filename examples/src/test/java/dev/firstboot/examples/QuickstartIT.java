package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The quickstart itself: bakes the disk, boots it through its own UEFI path and talks to it. */
class QuickstartIT {
    @Test
    void quickstart_whole_provesTheRoad() throws IOException {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);

        int status = Quickstart.run(out);

        assertThat(status).isZero();
        JsonNode result = new ObjectMapper()
                .readTree(Quickstart.directory().resolve("result.json").toFile());
        assertThat(result.path("seconds").properties().stream().map(java.util.Map.Entry::getKey))
                .contains("rootfs", "modules", "disk", "bootToReady", "secondBootToReady", "login");
        assertThat(result.path("imageBytes").asLong()).isGreaterThan(100L << 20);
        assertThat(result.path("packages").asInt()).isGreaterThan(100);
        assertThat(result.path("accelerator").asText()).isIn("kvm", "tcg");
        assertThat(result.path("ports").properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactly("5222", "5269", "80", "443");
    }
}
