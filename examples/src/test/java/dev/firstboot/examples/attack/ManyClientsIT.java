package dev.firstboot.examples.attack;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.ChatServer;
import dev.firstboot.image.Release;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** So many clients that NGINX with Debian's own number of connections turns some away; how many more there may be is measured elsewhere. */
class ManyClientsIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final int CLIENTS = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(1);

    @ParameterizedTest
    @EnumSource(Release.class)
    void clients_moreThanDebiansNginxTakes_areAllServed(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        ChatServer server = chat.server();
        List<Socket> clients = new ArrayList<>();
        int served = 0;
        try {
            for (int i = 0; i < CLIENTS; i++) {
                Socket client = RawTls.askForWebSocket(server, LIMIT);
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
}
