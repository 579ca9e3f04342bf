package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firstboot.examples.chat.ChatClient;
import dev.firstboot.examples.chat.ChatServer;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.examples.chat.ServerTrust;
import dev.firstboot.examples.chat.WebChecks;
import dev.firstboot.examples.chat.WebClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The quickstart itself: bakes the disk, boots it through its own UEFI path, talks to it, and leaves it running for a while. */
class QuickstartIT {
    private static final Pattern STOP = Pattern.compile("stop it +kill (\\d+)");

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Path directory = Quickstart.directory();

    @Test
    void quickstart_keep_provesTheRoadAndLeavesTheMachineRunning() throws Exception {
        int status = Quickstart.run(new PrintStream(new Both(), true, StandardCharsets.UTF_8), "--keep");

        String shown = said.toString(StandardCharsets.UTF_8);
        assertThat(status).as(shown).isZero();
        JsonNode result =
                new ObjectMapper().readTree(directory.resolve("result.json").toFile());
        assertThat(result.path("seconds").properties().stream().map(Map.Entry::getKey))
                .contains("rootfs", "modules", "disk", "bootToReady", "secondBootToReady", "login");
        assertThat(result.path("imageBytes").asLong()).isGreaterThan(100L << 20);
        assertThat(result.path("packages").asInt()).isGreaterThan(100);
        assertThat(result.path("accelerator").asText()).isIn("kvm", "tcg");
        assertThat(result.path("ports").properties().stream().map(Map.Entry::getKey))
                .containsExactly("5222", "5269", "80", "443");
        Matcher stop = STOP.matcher(shown);
        assertThat(stop.find()).as(shown).isTrue();
        ProcessHandle machine = ProcessHandle.of(Long.parseLong(stop.group(1))).orElseThrow();
        try {
            reachAsItsOwner(result.path("ports"));
        } finally {
            machine.destroy();
        }
        assertThat(machine.onExit().get(5, TimeUnit.MINUTES).isAlive()).isFalse();
    }

    /** With nothing but what was written down. */
    private void reachAsItsOwner(JsonNode ports) throws IOException {
        Path password = directory.resolve("admin-password");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                .isEqualTo("rw-------");
        ChatServer server = new ChatServer(
                "chat.example.com",
                port -> new InetSocketAddress(
                        InetAddress.getLoopbackAddress(),
                        ports.path(Integer.toString(port)).asInt()),
                ServerTrust.of(Files.readString(directory.resolve("ca.pem"))));
        Credentials admin = new Credentials("admin", Files.readString(password).strip());
        ChatClient.login(server, admin).close();
        try (WebClient web = new WebClient(server)) {
            assertThat(new WebChecks(web).noConsole()).isEqualTo("404");
        }
    }

    /** To the console, for whoever watches, and into memory. */
    private final class Both extends OutputStream {
        private final PrintStream console = System.out;

        @Override
        public void write(int next) throws IOException {
            console.write(next);
            said.write(next);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            console.write(bytes, from, length);
            said.write(bytes, from, length);
        }
    }
}
