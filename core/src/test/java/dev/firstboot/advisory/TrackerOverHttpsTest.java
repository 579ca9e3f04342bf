package dev.firstboot.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.firstboot.image.ByteSize;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tracker behind TLS, with a certificate of our own that this JVM trusts for as long as the test runs. */
class TrackerOverHttpsTest {
    private static final char[] PASSWORD = "not a secret".toCharArray();
    private static final List<InstalledPackage> ZLIB =
            List.of(new InstalledPackage("zlib1g", "1:1.3.1-1", "zlib", "1:1.3.1-1"));

    @TempDir
    private Path directory;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpsServer server;
    private SSLContext before;

    @BeforeEach
    void serve() throws Exception {
        byte[] tracker;
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("tracker.json"))) {
            tracker = in.readAllBytes();
        }
        before = SSLContext.getDefault();
        SSLContext ours = context();
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ours));
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestBody().readAllBytes().length);
            String path = exchange.getRequestURI().getPath();
            if (path.equals("/plain")) {
                exchange.getResponseHeaders().add("Location", "http://127.0.0.1:9/json");
                exchange.sendResponseHeaders(302, -1);
            } else if (path.equals("/json")) {
                exchange.sendResponseHeaders(200, tracker.length);
                exchange.getResponseBody().write(tracker);
            } else if (path.equals("/cut")) {
                exchange.sendResponseHeaders(200, tracker.length);
                exchange.getResponseBody().write(tracker, 0, tracker.length / 2);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
            exchange.close();
        });
        server.start();
        SSLContext.setDefault(ours);
    }

    @AfterEach
    void stop() {
        SSLContext.setDefault(before);
        server.stop(0);
    }

    private SSLContext context() throws Exception {
        Path store = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "tracker",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("tracker", keys.getCertificate("tracker"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private URI uri(String path) {
        return URI.create("https://localhost:" + server.getAddress().getPort() + path);
    }

    private static List<Advisory> open(URI uri) {
        return SecurityTracker.at(uri).open(List.of("trixie"), ZLIB);
    }

    @Test
    void open_overHttps_asksOnceAndTellsNothingOfTheImage() {
        assertThat(open(uri("/json"))).hasSize(3);
        assertThat(asked).containsExactly("GET /json 0");
    }

    @Test
    void open_overHttps_leavesNoFileBehind() throws IOException {
        String temporary = System.getProperty("java.io.tmpdir");
        open(uri("/json"));
        assertThatThrownBy(() -> open(uri("/cut"))).isInstanceOf(AdvisoryException.class);

        try (var files = Files.list(Path.of(temporary))) {
            assertThat(files.filter(file -> file.getFileName().toString().startsWith("firstboot-advisories-")))
                    .isEmpty();
        }
    }

    @Test
    void open_serverHasNone_namesItWithItsAnswer() {
        assertThatThrownBy(() -> open(uri("/none")))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContainingAll(uri("/none").toString(), "answers 404");
    }

    @Test
    void open_redirectedToPlainHttp_isNotFollowed() {
        assertThatThrownBy(() -> open(uri("/plain")))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContainingAll(uri("/plain").toString(), "answers 302");
    }

    @Test
    void open_certificateThatNobodyTrusts_isRefused() {
        SSLContext.setDefault(before);

        assertThatThrownBy(() -> open(uri("/json")))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContaining(uri("/json").toString());
        assertThat(asked).isEmpty();
    }

    @Test
    void open_answerIsCut_isNotTakenForAll() {
        assertThatThrownBy(() -> open(uri("/cut")))
                .isInstanceOf(AdvisoryException.class)
                .hasMessageContaining(uri("/cut").toString());
    }

    @Test
    void fetch_moreThanTheLimit_isRefusedAndLeavesNoFile() throws IOException {
        assertThatThrownBy(() -> TrackerFile.fetch(uri("/json"), null, ByteSize.bytes(1_000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than 1000 B");
    }
}
