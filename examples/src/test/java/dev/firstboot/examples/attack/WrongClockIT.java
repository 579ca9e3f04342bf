package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatClient;
import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The machine's clock was wrong when it made its certificates, or they have run out. */
@ResourceLock(SharedChat.ALONE)
class WrongClockIT {
    @RegisterExtension
    static final SharedChat CHATS = SharedChat.alone();

    private static final String AUTHORITY = "/var/lib/firstboot/ca/ca.pem";

    @ParameterizedTest
    @EnumSource(Release.class)
    void clock_wasAheadAtFirstBoot_nextLookReplacesTheCertificateAndNotTheAuthority(Release release) {
        ChatMachine chat = CHATS.on(release);
        forget(chat);
        at(chat, 72, "ensure");
        String authority = chat.output("cat", AUTHORITY);
        assertThat(inDate(chat, ChatMachine.SERVED))
                .as("what this test is about")
                .isFalse();

        chat.output("systemctl", "start", "tls-renew.service");

        assertThat(inDate(chat, ChatMachine.SERVED)).isTrue();
        assertThat(inDate(chat, AUTHORITY)).isTrue();
        assertThat(chat.output("cat", AUTHORITY)).isEqualTo(authority);
        logsIn(chat);
    }

    /** Years behind, as without a battery, and then right. */
    @ParameterizedTest
    @ValueSource(ints = {-8 * 365 * 24, 25 * 365 * 24})
    void clock_wasOffByYears_nextBootHasGoodCertificates(int hours) {
        ChatMachine chat = CHATS.on(Release.DEBIAN_13);
        forget(chat);
        at(chat, hours, "ensure");

        chat.output("systemctl", "restart", "firstboot-tls-certificates.service");

        assertThat(inDate(chat, ChatMachine.SERVED)).isTrue();
        assertThat(inDate(chat, AUTHORITY)).isTrue();
        chat.output("systemctl", "reload", "ejabberd.service", "nginx.service");
        logsIn(chat);
    }

    /** An authority as machines made it that did not know better. */
    @ParameterizedTest
    @EnumSource(Release.class)
    void authority_isNotValidYet_isReplaced(Release release) {
        ChatMachine chat = CHATS.on(release);
        selfSigned(chat, "/var/lib/firstboot/ca/ca.key", AUTHORITY, 48 * 60, 72 * 60);

        chat.output("systemctl", "start", "tls-renew.service");

        assertThat(chat.output("openssl", "x509", "-noout", "-subject", "-in", AUTHORITY))
                .contains("machine authority");
        assertThat(chat.output("journalctl", "-u", "tls-renew.service", "-n", "20"))
                .contains("making another, which clients have to trust anew");
        logsIn(chat);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void certificateOfAnotherAuthority_aboutToRunOut_isReplacedWithinTheHour(Release release) {
        ChatMachine chat = CHATS.on(release);
        assertThat(chat.output("systemctl", "show", "-P", "TimersCalendar", "tls-renew.timer"))
                .contains("OnCalendar=*-*-* *:00:00");
        String foreign = foreign(chat, 90);

        chat.output("systemctl", "start", "tls-renew.service");

        assertThat(chat.output("cat", ChatMachine.SERVED)).isNotEqualTo(foreign);
        logsIn(chat);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void certificateOfAnotherAuthority_good_stays(Release release) {
        ChatMachine chat = CHATS.on(release);
        String foreign = foreign(chat, 150);

        chat.output("systemctl", "start", "tls-renew.service");
        chat.output("systemctl", "restart", "firstboot-tls-certificates.service");

        assertThat(chat.output("cat", ChatMachine.SERVED)).isEqualTo(foreign);
        forget(chat);
        chat.output("systemctl", "start", "tls-renew.service");
        logsIn(chat);
    }

    /** Nothing is left of the certificates; the next look makes all anew. */
    private static void forget(ChatMachine chat) {
        chat.shell("rm -rf /var/lib/firstboot/ca /var/lib/firstboot/tls");
    }

    private static void at(ChatMachine chat, int hours, String verb) {
        chat.machine()
                .runWithInput(
                        Resources.text(WrongClockIT.class, "tls-at.py"), "python3", "-", Integer.toString(hours), verb)
                .check();
    }

    /** Has a certificate of some other authority served that ends in so many minutes. */
    private static String foreign(ChatMachine chat, int minutes) {
        selfSigned(chat, "/run/foreign.key", "/run/foreign.pem", -5, minutes);
        return chat.shell("cat /run/foreign.key /run/foreign.pem | tee " + ChatMachine.SERVED);
    }

    private static void selfSigned(ChatMachine chat, String key, String certificate, int from, int to) {
        chat.machine()
                .runWithInput(
                        Resources.text(WrongClockIT.class, "dated.py"),
                        "python3",
                        "-",
                        key,
                        certificate,
                        Integer.toString(from),
                        Integer.toString(to),
                        ChatMachine.DOMAIN,
                        "*." + ChatMachine.DOMAIN)
                .check();
    }

    private static boolean inDate(ChatMachine chat, String file) {
        return !chat.fails(
                "python3",
                "-c",
                "import datetime as d, sys; from cryptography import x509; t = open(sys.argv[1], 'rb').read();"
                        + " c = x509.load_pem_x509_certificate(t[t.index(b'-----BEGIN C'):]);"
                        + " sys.exit(not c.not_valid_before <= d.datetime.utcnow() <= c.not_valid_after)",
                file);
    }

    /** A client that trusts the machine's authority as it is now. */
    private static void logsIn(ChatMachine chat) {
        // The servers read the file again a moment after they were told to.
        chat.shell(
                "for i in $(seq 100); do /usr/lib/xmpp/probe login >/dev/null 2>&1 && exit; sleep 0.3; done; exec /usr/lib/xmpp/probe login");
        ChatClient.login(chat.server(), new Credentials("admin", chat.secret("admin-password")))
                .close();
    }
}
