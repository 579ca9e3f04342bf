package dev.firstboot.examples.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.ChatServer;
import dev.firstboot.image.Release;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** So many clients that NGINX with Debian's own number of connections turns some away; how many more there may be is measured elsewhere. */
class ManyClientsIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final int CLIENTS = 1_000;
    private static final int LIMIT = 60_000;

    @ParameterizedTest
    @EnumSource(Release.class)
    void clients_moreThanDebiansNginxTakes_areAllServed(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        ChatServer server = chat.server();
        List<Socket> clients = new ArrayList<>();
        int served = 0;
        try {
            for (int i = 0; i < CLIENTS; i++) {
                Socket client = open(server);
                clients.add(client);
                String status = new String(client.getInputStream().readNBytes(12), US_ASCII);
                served += status.equals("HTTP/1.1 101") ? 1 : 0;
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        assertThat(served).isEqualTo(CLIENTS);
        assertThat(chat.shell("for pid in $(pgrep -x nginx); do grep 'open files' /proc/$pid/limits; done"))
                .contains("16384")
                .doesNotContain(" 1024 ");
    }

    private static Socket open(ChatServer server) throws IOException {
        SSLSocketFactory sockets = server.trust().context().getSocketFactory();
        InetSocketAddress address = server.endpoint(443);
        Socket plain = new Socket(address.getAddress(), address.getPort());
        Socket client = sockets.createSocket(plain, server.domain(), 443, true);
        client.setSoTimeout(LIMIT);
        client.getOutputStream()
                .write(("GET /ws HTTP/1.1\r\nHost: " + server.domain()
                                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: xmpp\r\n\r\n")
                        .getBytes(US_ASCII));
        return client;
    }
}
