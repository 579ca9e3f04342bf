package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.image.Release;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An account has the TURN server speak to somebody whom only the machine can reach: its own database, a neighbour, the cloud's metadata. */
@ResourceLock(SharedChat.ALONE)
@ParameterizedClass
@EnumSource(Release.class)
class RelayPeersIT {
    @RegisterExtension
    static final SharedChat CHATS = SharedChat.alone();

    private static final int CHANNEL = 0x4001;
    private static final int FORBIDDEN = 403;
    private static final int FAMILY_NOT_SUPPORTED = 440;
    private static final int FAMILY_MISMATCH = 443;

    private static final List<String> IPV4 = List.of(
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.1.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.254",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255");
    private static final List<String> IPV6 = List.of(
            "::",
            "::1",
            "::127.0.0.1",
            "::ffff:0.0.0.0",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:192.168.1.1",
            "64:ff9b::7f00:1",
            "64:ff9b:1::7f00:1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:db8::1",
            "2002:7f00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
            "ff0e::1");

    private static ChatMachine chat;
    private static Neighbour neighbour;
    private static Credentials account;

    @Parameter
    Release release;

    @BeforeParameterizedClassInvocation
    static void connect(Release release) throws IOException {
        chat = CHATS.on(release);
        neighbour = Neighbour.of(chat);
        account = chat.account("caller");
    }

    @AfterParameterizedClassInvocation
    static void disconnect() throws IOException {
        neighbour.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void data_ofAPublicPeer_isRelayedBothWays(String transport) throws IOException {
        try (TurnClient client = client(transport, Neighbour.CLIENT)) {
            assertThat(client.allocate(TurnClient.FAMILY_IPV4)).isZero();
            assertThat(client.permit(Neighbour.PEER)).isZero();

            DatagramSocket peer = neighbour.listen(Neighbour.PEER);
            InetSocketAddress there = (InetSocketAddress) peer.getLocalSocketAddress();
            client.send(there, "hither");
            assertThat(Neighbour.exchange(peer, client.relayed(), "thither")).isEqualTo("hither");
            assertThat(client.receive()).isEqualTo("192.31.196.5: thither");

            assertThat(client.bind(CHANNEL, there)).isZero();
            client.send(CHANNEL, "by channel");
            assertThat(Neighbour.exchange(peer, client.relayed(), "and back")).isEqualTo("by channel");
            assertThat(client.receive()).isEqualTo("channel 4001: and back");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void peer_thatOnlyTheMachineCanReach_isRefused(String transport) throws IOException {
        try (TurnClient client = client(transport, Neighbour.CLIENT)) {
            assertThat(client.allocate(TurnClient.FAMILY_IPV4)).isZero();

            Stream<String> own = Stream.of(
                    neighbour.gateway(),
                    chat.server().endpoint(443).getAddress().getHostAddress());
            assertThat(answers(client, Stream.concat(IPV4.stream(), own).toList()))
                    .as("peers that are not refused")
                    .isEmpty();
            assertThat(client.permit(Neighbour.PEER, Addresses.of("127.0.0.1"))).isEqualTo(FORBIDDEN);
            assertThat(client.permit(Addresses.of("::1"))).isEqualTo(FAMILY_MISMATCH);
            assertThat(client.permit(Addresses.of("::ffff:127.0.0.1"))).isEqualTo(FAMILY_MISMATCH);
        }
    }

    @Test
    void ipv6_ofTheImage_isNotRelayed() throws IOException {
        try (TurnClient client = client("udp", Neighbour.CLIENT)) {
            assertThat(client.allocate(TurnClient.FAMILY_IPV6)).isEqualTo(FAMILY_NOT_SUPPORTED);
        }
    }

    /** What an owner gets who lets the server relay IPv6 as well. */
    @Test
    void ipv6_ofAnOwner_reachesPublicPeersOnly() throws IOException {
        chat.shell("cp -a /etc/ejabberd/ejabberd.yml /run/ejabberd.yml.kept && sed -i 's/^    turn_ipv4_address:.*/&\\n"
                + "    turn_ipv6_address: \"" + Neighbour.MACHINE6.getHostAddress()
                + "\"/' /etc/ejabberd/ejabberd.yml");
        try {
            chat.output("systemctl", "start", "xmpp-relay.service");
            try (TurnClient client = client("udp", Neighbour.CLIENT)) {
                assertThat(client.allocate(TurnClient.FAMILY_IPV6)).isZero();
                assertThat(answers(client, IPV6))
                        .as("peers that are not refused")
                        .isEmpty();
                assertThat(client.permit(Neighbour.PEER6)).isZero();
                DatagramSocket peer = neighbour.listen(Neighbour.PEER6);
                client.send((InetSocketAddress) peer.getLocalSocketAddress(), "hither");
                assertThat(Neighbour.exchange(peer, client.relayed(), "thither"))
                        .isEqualTo("hither");
                assertThat(client.receive()).endsWith(": thither");
            }
        } finally {
            chat.shell("mv /run/ejabberd.yml.kept /etc/ejabberd/ejabberd.yml");
            chat.output("systemctl", "start", "xmpp-relay.service");
        }
    }

    /** Debian 12's server holds the list of peers against its clients, too. */
    @Test
    void client_onAPrivateNetwork_hasARelayOnDebian13Only() throws IOException {
        try (TurnClient client = client("udp", Addresses.of(neighbour.gateway()))) {
            assertThat(client.allocate(TurnClient.FAMILY_IPV4)).isEqualTo(release == Release.DEBIAN_12 ? FORBIDDEN : 0);
        }
    }

    /** Those of these peers that are not refused, be it a permission or a channel that is asked for, with the answer. */
    private static Map<String, Integer> answers(TurnClient client, List<String> peers) throws IOException {
        Map<String, Integer> wrong = new TreeMap<>();
        for (String peer : peers) {
            int permission = client.permit(Addresses.of(peer));
            int channel = client.bind(CHANNEL, new InetSocketAddress(Addresses.of(peer), 5432));
            if (permission != FORBIDDEN || channel != FORBIDDEN) {
                wrong.put(peer, permission == FORBIDDEN ? channel : permission);
            }
        }
        return wrong;
    }

    private static TurnClient client(String transport, InetAddress from) throws IOException {
        return TurnClient.open(chat, account, transport, from);
    }
}
