package dev.firstboot.examples.chat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real ACME authority and the DNS server it asks: Debian's package {@code pebble}. What it issues is trusted by nobody, and its root is
 * new each time.
 */
final class Pebble implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path directory;
    private final String host;
    private final int acme = freePort();
    private final int management = freePort();
    private final int dns = freePort();
    private final int records = freePort();
    private final List<Process> processes = new ArrayList<>();

    /** Starts both for clients that reach this host at {@code host}. */
    Pebble(Path directory, String host) throws IOException, InterruptedException {
        this.directory = directory;
        this.host = host;
        run(
                "openssl",
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
                "/CN=acme",
                "-addext",
                "subjectAltName=IP:" + host,
                "-keyout",
                "acme.key",
                "-out",
                "acme.pem");
        Files.write(
                directory.resolve("pebble.json"),
                new ObjectMapper()
                        .writeValueAsBytes(Map.of(
                                "pebble",
                                Map.of(
                                        "listenAddress",
                                        "0.0.0.0:" + acme,
                                        "managementListenAddress",
                                        "0.0.0.0:" + management,
                                        "certificate",
                                        "acme.pem",
                                        "privateKey",
                                        "acme.key",
                                        "httpPort",
                                        5002,
                                        "tlsPort",
                                        5001,
                                        "ocspResponderURL",
                                        "",
                                        "externalAccountBindingRequired",
                                        false))));
        try {
            start(
                    "pebble-challtestsrv",
                    "-dns01",
                    "127.0.0.1:" + dns,
                    "-management",
                    "127.0.0.1:" + records,
                    "-http01",
                    "",
                    "-https01",
                    "",
                    "-tlsalpn01",
                    "");
            start("pebble", "-config", "pebble.json", "-dnsserver", "127.0.0.1:" + dns);
            for (int port : List.of(records, acme, management)) {
                await(port);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Where its clients begin. */
    URI uri() {
        return URI.create("https://" + host + ":" + acme + "/dir");
    }

    /** The certificate its own web server shows, which its clients must trust. */
    Path webCertificate() {
        return directory.resolve("acme.pem");
    }

    /** Where DNS records are set. */
    URI records() {
        return URI.create("http://127.0.0.1:" + records + "/");
    }

    /** The root of what it issues. */
    String root() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .sslContext(ServerTrust.of(Files.readString(webCertificate())).context())
                .build();
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://" + host + ":" + management + "/roots/0"))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private void start(String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(command[0]));
        // Else it refuses one good nonce in twenty; certbot asks a second time, but not a third, and leaves the rest to
        // its timer.
        builder.environment().put("PEBBLE_WFE_NONCEREJECT", "0");
        processes.add(builder.start());
    }

    private void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log(command[0]))
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(
                    command[0] + " failed: " + Files.readString(log(command[0]).toPath()));
        }
    }

    private File log(String command) {
        return directory.resolve(command + ".log").toFile();
    }

    private static void await(int port) throws InterruptedException, IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(100);
            }
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
