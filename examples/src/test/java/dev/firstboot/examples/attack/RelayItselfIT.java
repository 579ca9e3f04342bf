package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An account has the TURN server speak to the machine itself by its public address, which the server may speak to: two callers of the same relay need it.
 * What it sends there comes over loopback, past the closed ports.
 */
@ResourceLock(SharedChat.ALONE)
class RelayItselfIT {
    @RegisterExtension
    static final SharedChat CHATS = SharedChat.alone();

    private static final InetAddress PUBLIC = Addresses.of("192.31.196.9");
    private static final int CLOSED = 5353;
    private static final String UNIT = "attack-listener";

    @ParameterizedTest
    @EnumSource(Release.class)
    void relay_toTheMachinesPublicAddress_reachesOtherRelaysOnly(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        String address = PUBLIC.getHostAddress();
        try (Neighbour neighbour = Neighbour.of(chat)) {
            chat.shell("ip address add " + address + "/32 dev host0 && ip route add default via " + neighbour.gateway()
                    + " dev host0 src " + address);
            try {
                chat.output("systemctl", "start", "xmpp-address.service");
                listen(chat);
                Credentials account = chat.account("two-callers");
                try (TurnClient one = TurnClient.open(chat, account, "udp", Neighbour.CLIENT);
                        TurnClient other = TurnClient.open(chat, account, "tcp", Neighbour.CLIENT)) {
                    for (TurnClient client : new TurnClient[] {one, other}) {
                        assertThat(client.allocate(TurnClient.FAMILY_IPV4)).isZero();
                        assertThat(client.relayed().getAddress()).isEqualTo(PUBLIC);
                        assertThat(client.permit(PUBLIC)).isZero();
                    }
                    one.send(new InetSocketAddress(PUBLIC, CLOSED), "relayed");
                    one.send(other.relayed(), "hither");
                    assertThat(other.receive()).isEqualTo(address + ": hither");
                }
                // What is sent on the machine itself arrives; that it is the first says that nothing else did.
                chat.output(
                        "python3",
                        "-c",
                        "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'of its own', ('"
                                + address + "', " + CLOSED + "))");
                assertThat(heard(chat)).isEqualTo("of its own\n");
            } finally {
                chat.shell("systemctl stop " + UNIT + "; ip route del default dev host0; ip address del " + address
                        + "/32 dev host0");
                chat.output("systemctl", "start", "xmpp-address.service");
            }
        }
    }

    /** Has the first packet for a port that is closed to the outside written down. */
    private static void listen(ChatMachine chat) {
        chat.machine()
                .runWithInput(Resources.text(RelayItselfIT.class, "listener.py"), "sh", "-c", "cat >/run/listener.py")
                .check();
        chat.output(
                "systemd-run",
                "--quiet",
                "--unit=" + UNIT,
                "--service-type=notify",
                "--property=StandardOutput=truncate:/run/heard",
                "python3",
                "/run/listener.py",
                Integer.toString(CLOSED));
    }

    private static String heard(ChatMachine chat) {
        return chat.shell("until [ -s /run/heard ]; do sleep 0.1; done; cat /run/heard");
    }
}
