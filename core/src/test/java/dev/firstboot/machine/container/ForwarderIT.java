package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The way from the host's loopback to a port, here to one of the host's own. */
@Timeout(120)
class ForwarderIT {
    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket server;
    private Forwarder forwarder;

    @BeforeEach
    void open() throws IOException {
        server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        Files.createDirectory(directory.resolve("machine"));
        forwarder =
                Forwarder.open("test", Realm.HOST, "127.0.0.1", server.getLocalPort(), directory.resolve("machine"));
    }

    @AfterEach
    void close() throws IOException {
        forwarder.close();
        server.close();
        threads.shutdownNow();
    }

    private Socket connect() throws IOException {
        return new Socket(
                forwarder.endpoint().getAddress(), forwarder.endpoint().getPort());
    }

    /** Reads all, and only then sends it back. */
    private void answerAtTheEnd() {
        threads.execute(() -> {
            try {
                while (true) {
                    Socket socket = server.accept();
                    threads.execute(() -> {
                        try (socket) {
                            byte[] all = socket.getInputStream().readAllBytes();
                            socket.getOutputStream().write(all);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
    }

    private byte[] ask(byte[] question) throws IOException {
        try (Socket socket = connect()) {
            socket.getOutputStream().write(question);
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void client_saidAll_stillGetsTheWholeAnswer() throws IOException {
        answerAtTheEnd();
        byte[] bytes = new byte[5_000_003];
        new Random(16).nextBytes(bytes);
        assertThat(ask(bytes)).isEqualTo(bytes);
        assertThat(ask(new byte[0])).isEmpty();
    }

    @Test
    void clients_manyAtOnce_eachGetsItsOwnAnswer() throws Exception {
        answerAtTheEnd();
        List<CompletableFuture<byte[]>> answers = new ArrayList<>();
        List<byte[]> questions = new ArrayList<>();
        Random random = new Random(300);
        for (int i = 0; i < 300; i++) {
            byte[] question = new byte[random.nextInt(100_000)];
            random.nextBytes(question);
            questions.add(question);
            answers.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            return ask(question);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    threads));
        }
        for (int i = 0; i < 300; i++) {
            assertThat(answers.get(i).get()).isEqualTo(questions.get(i));
        }
    }

    @Test
    void bothSides_sendWithoutReading_areHeldBackAndNothingIsLost() throws Exception {
        byte[] bytes = new byte[20_000_000];
        new Random(20).nextBytes(bytes);
        CompletableFuture<byte[]> heard = CompletableFuture.supplyAsync(
                () -> {
                    try (Socket socket = server.accept();
                            InputStream in = socket.getInputStream()) {
                        OutputStream out = socket.getOutputStream();
                        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> write(out, bytes), threads);
                        byte[] all = in.readNBytes(bytes.length);
                        sent.join();
                        return all;
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                threads);
        try (Socket socket = connect()) {
            OutputStream out = socket.getOutputStream();
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> write(out, bytes), threads);
            assertThat(socket.getInputStream().readNBytes(bytes.length)).isEqualTo(bytes);
            sent.get();
            assertThat(heard.get()).isEqualTo(bytes);
        }
    }

    private static void write(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void server_isNotThere_connectionIsReset() throws IOException {
        server.close();
        assertThatThrownBy(() -> ask(new byte[] {1})).isInstanceOf(SocketException.class);
        assertThat(forwarder.isOpen()).isTrue();
    }

    @Test
    void door_isOnLoopbackOnly() throws IOException {
        String port = "%04X".formatted(forwarder.endpoint().getPort());
        assertThat(Files.readAllLines(Path.of("/proc/net/tcp")))
                .anyMatch(line -> line.contains(" 0100007F:" + port + " 00000000:0000 0A "));
        assertThat(Files.readAllLines(Path.of("/proc/net/tcp6")))
                .noneMatch(line -> line.contains(":" + port + " 0000"));
    }

    @Test
    void directory_isGone_doorCloses() throws Exception {
        Files.delete(directory.resolve("machine"));
        while (forwarder.isOpen()) {
            Thread.sleep(50);
        }
        assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    }
}
