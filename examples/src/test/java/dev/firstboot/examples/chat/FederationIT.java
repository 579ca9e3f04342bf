package dev.firstboot.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Release;
import dev.firstboot.machine.container.PrivateNetwork;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two services of different releases and domains, each with an authority of its own, talk to each other (RFC 6120, XEP-0220). */
class FederationIT {
    private static final String OTHER = "chat.example.org";
    private static final List<String> SUB_DOMAINS = List.of("", "conference.", "upload.", "proxy.", "pubsub.");

    @Test
    void message_toAnAccountOfAnotherServer_arrivesOverTls() {
        try (PrivateNetwork network = PrivateNetwork.create();
                ChatMachine montague = boot(ChatMachine.DOMAIN, Release.DEBIAN_13, network);
                ChatMachine capulet = boot(OTHER, Release.DEBIAN_12, network)) {
            introduce(montague, OTHER, capulet);
            introduce(capulet, ChatMachine.DOMAIN, montague);
            Credentials romeo = montague.account("romeo");
            Credentials juliet = capulet.account("juliet");

            try (ChatClient from = ChatClient.login(montague.server(), romeo);
                    ChatClient to = ChatClient.login(capulet.server(), juliet)) {
                from.send("juliet@" + OTHER, "Call me but love, and I'll be new baptized");
                assertThat(to.receive()).startsWith("Call me but love");
                to.send("romeo@" + ChatMachine.DOMAIN, "How camest thou hither?");
                assertThat(from.receive()).startsWith("How camest thou");
            }
            assertThat(montague.shell("ss -Htn state established '( dport = :5269 or sport = :5269 )' | wc -l")
                            .strip())
                    .isNotEqualTo("0");
        }
    }

    private static ChatMachine boot(String domain, Release release, PrivateNetwork network) {
        return ChatMachine.boot(
                domain,
                ChatArchive.boot(domain, release)
                        .name("debian-" + release.version())
                        .network(network));
    }

    /** There is no DNS between them; a table of hosts says where the other one is. */
    private static void introduce(ChatMachine machine, String domain, ChatMachine other) {
        String address = other.machine().endpoint(5269).getAddress().getHostAddress();
        machine.shell("for name in "
                + String.join(" ", SUB_DOMAINS.stream().map(sub -> sub + domain).toList()) + "; do echo " + address
                + " $name >>/etc/hosts; done");
    }
}
