package dev.firstboot.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client of the fixture's echo service. */
public final class Echo {
    private Echo() {}

    public static String through(InetSocketAddress endpoint, String text) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(endpoint, 10_000);
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(text.getBytes(UTF_8));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readNBytes(text.getBytes(UTF_8).length), UTF_8);
        }
    }
}
