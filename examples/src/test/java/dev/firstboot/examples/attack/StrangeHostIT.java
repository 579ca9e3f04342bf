package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.ChatServer;
import dev.firstboot.image.Release;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody asks the web ports in a name that is not the machine's. */
class StrangeHostIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final List<String> STRANGE = List.of(
            "evil.example",
            "conference." + ChatMachine.DOMAIN,
            "x." + ChatMachine.DOMAIN,
            "127.0.0.1",
            "[::1]",
            "localhost");
    private static final List<String> IMPOSSIBLE = List.of("", "a b", "..", "%00", "a/b");

    @ParameterizedTest
    @EnumSource(Release.class)
    void name_thatIsNotServed_isToldSo(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        ChatServer server = chat.server();
        int before = crashes(chat);
        for (String path :
                List.of("/", "/.well-known/host-meta", "/.well-known/host-meta.json", "/ws", "/upload/a/b/c")) {
            for (String host : STRANGE) {
                assertThat(RawHttp.as(server, host, "GET", path).status())
                        .as(host + path)
                        .isEqualTo(421);
                assertThat(RawHttp.plain(server, host, path).status())
                        .as(host + path)
                        .isEqualTo(421);
            }
            for (String host : IMPOSSIBLE) {
                assertThat(RawHttp.as(server, host, "GET", path).status())
                        .as(host + path)
                        .isIn(400, 421);
                assertThat(RawHttp.plain(server, host, path).status())
                        .as(host + path)
                        .isIn(400, 421);
            }
        }
        assertThat(crashes(chat)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void plainHttp_ofEachName_leadsToItself(Release release) throws IOException {
        ChatServer server = CHATS.on(release).server();
        for (String host : List.of(ChatMachine.DOMAIN, "upload." + ChatMachine.DOMAIN)) {
            RawHttp answer = RawHttp.plain(server, host, "/a?b=c");

            assertThat(answer.status()).isEqualTo(301);
            assertThat(answer.header("Location")).containsExactly("https://" + host + "/a?b=c");
        }
    }

    private static int crashes(ChatMachine chat) {
        return Integer.parseInt(
                chat.shell("journalctl --unit=ejabberd --output=cat | grep -ciE 'crash|\\[error\\]' || true")
                        .strip());
    }
}
