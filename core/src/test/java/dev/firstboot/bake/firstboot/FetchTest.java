package dev.firstboot.bake.firstboot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.image.Digest;
import dev.firstboot.image.Download;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchTest {
    private static final byte[] CONTENT = "a tool".getBytes(UTF_8);
    private static final String DIGEST = Digest.ofBytes(CONTENT).hex();

    @TempDir
    private Path directory;

    private HttpServer server;
    private String base;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tool", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/tool");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void fetch_rightDigest_isKept() throws Exception {
        assertThat(Files.readAllBytes(fetch(base + "/tool", DIGEST))).isEqualTo(CONTENT);
        assertThat(Files.readAllBytes(fetch(base + "/moved", DIGEST))).isEqualTo(CONTENT);
        Path local = Files.write(directory.resolve("local"), CONTENT);
        assertThat(Files.readAllBytes(fetch(local.toUri().toString(), DIGEST))).isEqualTo(CONTENT);
    }

    @Test
    void fetch_throughProxy_asksTheProxy() throws Exception {
        // The proxy is asked for the whole URL; this server looks at its path only.
        Path file = directory.resolve("fetched");
        new Fetch(HostSettings.usual().withProxy(URI.create(base)), new Silent())
                .fetch(Download.of("http://tools.example.com/tool", DIGEST, "/usr/bin/tool"), "chat", file);

        assertThat(Files.readAllBytes(file)).isEqualTo(CONTENT);
    }

    /** Not the digest that was found: who may write recipes and no more could ask for any file of this host, and then for the same file by its digest. */
    @Test
    void fetch_otherDigest_namesTheWantedOneAndWhoAsks() {
        assertThatThrownBy(() -> fetch(base + "/tool", "0".repeat(64)))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("which chat asks for")
                .hasMessageContaining("0".repeat(64))
                .hasMessageNotContaining(DIGEST);
    }

    @Test
    void fetch_notThere_saysWhatTheServerAnswers() {
        assertThatThrownBy(() -> fetch(base + "/none", DIGEST)).hasMessageContaining("the server answers 404");
        assertThatThrownBy(() -> fetch("file:///nowhere/tool", DIGEST)).hasMessageContaining("file:///nowhere/tool");
    }

    private Path fetch(String uri, String digest) throws InterruptedException {
        Path file = directory.resolve("fetched");
        new Fetch(HostSettings.usual(), new Silent()).fetch(Download.of(uri, digest, "/usr/bin/tool"), "chat", file);
        return file;
    }
}
