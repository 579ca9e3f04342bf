package dev.firstboot.examples.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.firstboot.examples.chat.ChatServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** Connections over TLS to the server's own name, on which whatever one likes is said. */
final class RawTls {
    private RawTls() {}

    /** Connects; no wait for the server is longer than {@code limit}. */
    static Socket connect(ChatServer server, int port, Duration limit) throws IOException {
        int millis = Math.toIntExact(limit.toMillis());
        InetSocketAddress address = server.endpoint(port);
        Socket plain = new Socket();
        try {
            plain.connect(address, millis);
            Socket socket =
                    server.trust().context().getSocketFactory().createSocket(plain, server.domain(), port, true);
            socket.setSoTimeout(millis);
            return socket;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /** Connects and asks for a WebSocket (RFC 6455); the answer is still to be read. */
    static Socket askForWebSocket(ChatServer server, Duration limit) throws IOException {
        Socket socket = connect(server, 443, limit);
        socket.getOutputStream()
                .write(("GET /ws HTTP/1.1\r\nHost: " + server.domain()
                                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n")
                        .getBytes(US_ASCII));
        return socket;
    }
}
