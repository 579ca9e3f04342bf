package dev.firstboot.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.Release;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A chat machine of each release as its users meet it, in a container. */
@ParameterizedClass
@EnumSource(Release.class)
class ChatServiceIT {
    private static ChatMachine chat;
    private static ChatServer server;
    private static Credentials romeo;
    private static Credentials juliet;

    @Parameter
    Release release;

    @BeforeParameterizedClassInvocation
    static void boot(Release release) {
        chat = ChatMachine.boot(ChatMachine.DOMAIN, ChatArchive.boot(ChatMachine.DOMAIN, release));
        server = chat.server();
        romeo = chat.account("romeo");
        juliet = chat.account("juliet");
    }

    @AfterParameterizedClassInvocation
    static void close() {
        if (chat != null) {
            chat.close();
        }
    }

    @Test
    void message_sent_isReceivedAndStaysInTheArchive() {
        try (ChatClient from = ChatClient.login(server, romeo);
                ChatClient to = ChatClient.login(server, juliet)) {
            from.send("juliet", "But soft, what light through yonder window breaks?");
            assertThat(to.receive()).startsWith("But soft");
        }
        try (ChatClient again = ChatClient.login(server, juliet)) {
            assertThat(again.archive("romeo")).contains("But soft, what light through yonder window breaks?");
        }
    }

    @Test
    void login_wrongPassword_isRefused() {
        assertThatThrownBy(() ->
                        ChatClient.login(server, Credentials.random("romeo")).close())
                .isInstanceOf(ChatException.class)
                .hasMessageContaining("not-authorized");
    }

    @Test
    void login_certificateOfAnotherAuthority_isRefusedByTheClient() {
        String stranger = chat.shell("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1"
                + " -subj /CN=stranger -keyout /dev/null 2>/dev/null");

        assertThatThrownBy(() -> ChatClient.login(chat.server(stranger), romeo).close())
                .isInstanceOf(ChatException.class);
    }

    @Test
    void login_probeAccountFromOutside_isRefused() {
        Credentials probe = new Credentials("firstboot-probe", chat.secret("probe-password"));

        assertThatThrownBy(() -> ChatClient.login(server, probe).close()).isInstanceOf(ChatException.class);
    }

    @Test
    void room_messageSaid_isInItsHistoryAndArchive() {
        try (RoomClient host = RoomClient.login(server, romeo)) {
            host.open("balcony");
            host.say("balcony", "What's in a name?");
        }
        try (RoomClient guest = RoomClient.login(server, juliet)) {
            assertThat(guest.history("balcony")).contains("What's in a name?");
            assertThat(guest.archive("balcony")).contains("What's in a name?");
        }
    }

    @Test
    void discovery_serverAccountAndRooms_offerWhatTheComplianceSuitesAsk() {
        try (RoomClient client = RoomClient.login(server, romeo)) {
            assertThat(client.features(ChatMachine.DOMAIN))
                    .contains(
                            "http://jabber.org/protocol/disco#info",
                            "urn:xmpp:carbons:2",
                            "urn:xmpp:blocking",
                            "vcard-temp",
                            "urn:xmpp:extdisco:2",
                            "jabber:iq:privacy",
                            "msgoffline");
            assertThat(client.features("romeo@" + ChatMachine.DOMAIN))
                    .contains(
                            "urn:xmpp:mam:2",
                            "urn:xmpp:push:0",
                            "urn:xmpp:pep-vcard-conversion:0",
                            // Where bookmarks are kept differs with ejabberd's version; docs/xmpp.md has the table.
                            release == Release.DEBIAN_12
                                    ? "urn:xmpp:bookmarks-conversion:0"
                                    : "urn:xmpp:bookmarks:1#compat",
                            "http://jabber.org/protocol/pubsub#publish-options",
                            "http://jabber.org/protocol/pubsub#persistent-items");
            assertThat(client.features("conference." + ChatMachine.DOMAIN)).contains("http://jabber.org/protocol/muc");
            assertThat(client.features("upload." + ChatMachine.DOMAIN)).contains("urn:xmpp:http:upload:0");
            assertThat(client.features("proxy." + ChatMachine.DOMAIN))
                    .contains("http://jabber.org/protocol/bytestreams");
            assertThat(client.services()).contains("stun", "turn");
            assertThat(client.streamFeatures())
                    .contains("urn:xmpp:sm:3", "urn:xmpp:csi:0", "urn:xmpp:features:rosterver");
        }
    }

    @Test
    void avatar_publishedByEvent_isInTheVcardToo() {
        try (RoomClient client = RoomClient.login(server, juliet)) {
            client.publishAvatar(Pictures.PNG);

            assertThat(client.avatarInVcard()).isEqualTo(Pictures.PNG);
        }
    }

    @Test
    void web_everyDoor_opensAsItShould() {
        try (WebClient web = new WebClient(server);
                ChatClient client = ChatClient.login(server, romeo)) {
            WebChecks checks = new WebChecks(web);
            byte[] file = new byte[300_000];
            assertThat(List.of(
                            checks.noConsole(),
                            chat.console().check(chat.admin()),
                            checks.webSocket(),
                            checks.bosh(),
                            checks.redirect(),
                            checks.upload(client.requestUpload("letter.bin", file.length), file)))
                    .hasSize(6);
            assertThat(web.text(web.request("/.well-known/host-meta").GET()).body())
                    .contains("wss://chat.example.com/ws", "https://chat.example.com/bosh");
            assertThat(web.text(web.request("/").GET()).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void probes_whatTheyProbeIsGone_fail() {
        assertThat(chat.output("/usr/lib/xmpp/probe", "database")).isEmpty();
        chat.output("systemctl", "stop", "nginx");
        assertThat(chat.fails("/usr/lib/xmpp/probe", "web")).isTrue();
        chat.output("systemctl", "start", "nginx");
        assertThat(chat.output("/usr/lib/xmpp/probe", "web")).isEmpty();

        chat.query("ALTER ROLE ejabberd NOLOGIN");
        assertThat(chat.fails("/usr/lib/xmpp/probe", "database")).isTrue();
        chat.query("ALTER ROLE ejabberd LOGIN");

        chat.shell("sed -i.kept s/./-/ /var/lib/firstboot/secrets/xmpp/probe-password");
        assertThat(chat.fails("/usr/lib/xmpp/probe", "login")).isTrue();
        chat.shell("cd /var/lib/firstboot/secrets/xmpp && mv probe-password.kept probe-password");
        assertThat(chat.output("/usr/lib/xmpp/probe", "login")).isEmpty();
    }
}
