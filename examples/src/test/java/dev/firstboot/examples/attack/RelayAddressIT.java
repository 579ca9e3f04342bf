package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.RoomClient;
import dev.firstboot.image.Release;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The machine's address comes after its server has started, and changes. */
@ResourceLock(SharedChat.ALONE)
class RelayAddressIT {
    @RegisterExtension
    static final SharedChat CHATS = SharedChat.alone();

    private static final String LATE = "192.0.2.77";

    @ParameterizedTest
    @EnumSource(Release.class)
    void address_comesLate_isToldToClientsAndSessionsGoOn(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        String now = chat.machine().endpoint(443).getAddress().getHostAddress();
        try (RoomClient client = RoomClient.login(chat.server(), chat.account("relay"))) {
            assertThat(client.services()).contains("host='" + now + "'").doesNotContain("127.0.0.1");

            chat.shell("ip address add " + LATE + "/32 dev host0 && ip route add default dev host0 src " + LATE);
            try {
                chat.output("systemctl", "start", "xmpp-address.service");
                assertThat(client.services()).contains("host='" + LATE + "'").doesNotContain("'" + now + "'");
                assertThat(relayAddresses(chat)).isEqualTo("[{192, 0, 2, 77}, {192, 0, 2, 77}]");
                // Where a listener is closed and opened again, opening may fail.
                new Socket(now, 3478).close();
            } finally {
                chat.shell("ip route del default dev host0; ip address del " + LATE + "/32 dev host0");
                chat.output("systemctl", "start", "xmpp-address.service");
            }
            assertThat(client.services()).contains("host='" + now + "'");
        }
    }

    /** Who asks a node of Erlang has a name there, and nobody else can have it at the same time. */
    @ParameterizedTest
    @EnumSource(Release.class)
    void server_isBusyWithAnotherQuestion_isToldNevertheless(Release release) {
        ChatMachine chat = CHATS.on(release);
        chat.shell("""
                systemd-run --quiet --unit=attack-question --uid=ejabberd --setenv=HOME=/etc/ejabberd sh -c \
                  'echo "register(question, self()), timer:sleep(60000)." | erl_call -address 127.0.0.1:5210 -e'
                """);
        try {
            chat.shell(
                    "until [ \"$(echo 'whereis(question) =/= undefined.' | runuser -u ejabberd -- env HOME=/etc/ejabberd"
                            + " erl_call -r -address 127.0.0.1:5210 -e)\" = '{ok, true}' ]; do sleep 0.2; done");
            chat.output("systemctl", "start", "xmpp-relay.service");
        } finally {
            chat.output("systemctl", "stop", "attack-question.service");
        }
    }

    /** What the listeners of the running server have, for UDP and for TCP. */
    private static String relayAddresses(ChatMachine chat) {
        return Erlang.ask(
                chat, "[maps:get(turn_ipv4_address, O) || {_, ejabberd_stun, O} <- ets:tab2list(ejabberd_listener)]");
    }
}
