package dev.firstboot.bake.firstboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.firstboot.image.DomainName;
import dev.firstboot.image.Probe;
import dev.firstboot.image.UnixPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The probes' scripts against real servers on loopback: openssl's own TLS server, and a web server. */
class RealProbesIT {
    @TempDir
    private Path directory;

    @Test
    void tls_rightName_passesAndWrongNameOrAuthorityDoesNot() throws Exception {
        certificate("chat.example.com", "server");
        certificate("chat.example.com", "stranger");
        int port = freePort();
        Process server = openssl(
                "s_server", "-quiet", "-accept", "127.0.0.1:" + port, "-cert", "server.pem", "-key", "server-key.pem");
        try {
            awaitListening(port);

            assertThat(run(tls(port, "chat.example.com", "server.pem"))).isZero();
            assertThat(run(tls(port, "other.example.com", "server.pem"))).isNotZero();
            assertThat(run(tls(port, "chat.example.com", "stranger.pem"))).isNotZero();
        } finally {
            server.destroyForcibly().waitFor();
        }
        assertThat(run(tls(port, "chat.example.com", "server.pem"))).isNotZero();
    }

    @Test
    void http_wantedStatus_passesAndAnotherDoesNot() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            boolean found = exchange.getRequestURI().getPath().equals("/here")
                    && exchange.getRequestHeaders().getFirst("Host").startsWith("site.example.com");
            exchange.sendResponseHeaders(found ? 200 : 404, -1);
            exchange.close();
        });
        server.start();
        try {
            String base = "http://site.example.com:" + server.getAddress().getPort();

            assertThat(run(Probe.http("here", base + "/here", 200))).isZero();
            assertThat(run(Probe.http("gone", base + "/gone", 404))).isZero();
            assertThat(run(Probe.http("gone", base + "/gone", 200))).isNotZero();
            assertThat(Files.readString(directory.resolve("output"))).isEqualTo("answered 404, not 200\n");
        } finally {
            server.stop(0);
        }
    }

    private Probe tls(int port, String name, String trust) {
        return new Probe.Tls(
                "tls",
                port,
                Probe.StartTls.NONE,
                DomainName.of(name),
                UnixPath.of(directory.resolve(trust).toString()));
    }

    private int run(Probe probe) throws IOException, InterruptedException {
        Path script = Files.writeString(directory.resolve("probe"), ProbeScript.text(probe));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new ProcessBuilder(script.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start()
                .waitFor();
    }

    private void certificate(String name, String file) throws IOException, InterruptedException {
        Process process = openssl(
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=" + name,
                "-addext",
                "subjectAltName=DNS:" + name,
                "-keyout",
                file + "-key.pem",
                "-out",
                file + ".pem");
        assertThat(process.waitFor()).as(() -> read("openssl.log")).isZero();
    }

    private Process openssl(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("openssl.log").toFile())
                .start();
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void awaitListening(int port) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
    }
}
