package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.image.Release;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A certificate is replaced, and the servers are not told: they would present the old one until it has run out. */
@ResourceLock(SharedChat.ALONE)
class RenewalCutIT {
    @RegisterExtension
    static final SharedChat CHATS = SharedChat.alone();

    private static final String RENEW = "systemctl start tls-renew.service";
    private static final String FORGET = "rm /var/lib/firstboot/tls/chat.example.com.pem\n";

    @ParameterizedTest
    @EnumSource(Release.class)
    void server_cannotReloadWhileACertificateIsReplaced_doesSoTheNextHour(Release release) {
        ChatMachine chat = CHATS.on(release);
        chat.shell(reloadingBy("/bin/false") + FORGET + RENEW + " || true");
        chat.shell(reloadingAsEver());

        chat.shell(RENEW);

        presentWhatIsServed(chat);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void renewal_isKilledBeforeTheServersKnow_theyKnowTheNextHour(Release release) {
        ChatMachine chat = CHATS.on(release);
        chat.shell(reloadingBy("/bin/sleep 3") + FORGET + RENEW + """
                 --no-block
                until [ -e /var/lib/firstboot/tls/chat.example.com.pem ] && systemctl list-jobs | grep -q ' reload '; do sleep 0.1; done
                systemctl kill --signal=KILL tls-renew.service
                while systemctl list-jobs | grep -q ' reload '; do sleep 0.1; done
                """);
        chat.shell(reloadingAsEver());

        chat.shell(RENEW);

        presentWhatIsServed(chat);
    }

    /** Who can open a lock can keep it, for reading, too. */
    @ParameterizedTest
    @EnumSource(Release.class)
    void lock_ofRenewals_isRootsAlone(Release release) {
        ChatMachine chat = CHATS.on(release);
        chat.shell(RENEW);

        assertThat(chat.shell("stat -c %a /run/tls.lock")).isEqualTo("600\n");
        assertThat(chat.fails("runuser", "-u", "www-data", "--", "flock", "-n", "/run/tls.lock", "true"))
                .isTrue();
    }

    /** The probes insist on it. NGINX is said to have reloaded before its new workers are there. */
    private static void presentWhatIsServed(ChatMachine chat) {
        for (String probe : new String[] {"login", "web"}) {
            chat.shell("for i in $(seq 60); do /usr/lib/xmpp/probe " + probe
                    + " >/dev/null 2>&1 && exit; sleep 0.5; done\n" + "exec /usr/lib/xmpp/probe " + probe);
        }
    }

    private static String reloadingBy(String command) {
        return """
                for unit in ejabberd nginx; do
                    mkdir -p /run/systemd/system/$unit.service.d
                    printf '[Service]\\nExecReload=\\nExecReload=%s\\n' >/run/systemd/system/$unit.service.d/test.conf
                done
                systemctl daemon-reload
                """.formatted(command);
    }

    private static String reloadingAsEver() {
        return "rm /run/systemd/system/ejabberd.service.d/test.conf /run/systemd/system/nginx.service.d/test.conf\n"
                + "systemctl daemon-reload";
    }
}
