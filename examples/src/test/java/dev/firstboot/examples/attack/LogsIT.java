package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.image.Release;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody has much written into logs, so that the disk is full and the database stops. */
@ResourceLock(SharedChat.ALONE)
class LogsIT {
    @RegisterExtension
    static final SharedChat CHATS = SharedChat.alone();

    @ParameterizedTest
    @EnumSource(Release.class)
    void nginx_writesALot_itsLogIsCutWithinTheHour(Release release) {
        ChatMachine chat = CHATS.on(release);
        assertThat(chat.output("systemctl", "is-active", "logrotate.timer").strip())
                .isEqualTo("active");
        assertThat(chat.output("systemctl", "show", "-P", "TimersCalendar", "logrotate.timer"))
                .contains("OnCalendar=*-*-* *:00:00");
        // Logrotate looks at a log it has never seen and leaves it alone.
        chat.output("systemctl", "start", "logrotate.service");
        chat.shell("head -c 33M /dev/zero >>/var/log/nginx/access.log");

        chat.output("systemctl", "start", "logrotate.service");

        assertThat(size(chat, "/var/log/nginx/access.log")).isLessThan(1 << 20);
        assertThat(size(chat, "/var/log/nginx/access.log.1")).isGreaterThan(32 << 20);
        // NGINX goes on in the new file.
        chat.output("/usr/lib/xmpp/probe", "web");
        assertThat(chat.shell("cat /var/log/nginx/access.log")).contains("/ws");
        chat.shell("rm /var/log/nginx/access.log.1");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void logrotate_everyLog_withoutAComplaint(Release release) {
        ChatMachine chat = CHATS.on(release);

        assertThat(chat.shell("logrotate --force /etc/logrotate.conf 2>&1")).isEmpty();

        assertThat(chat.shell("find /var/log/postgresql -user root")).isEqualTo("/var/log/postgresql\n");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void ejabberd_logs_onceAndWithinTheJournalsLimit(Release release) {
        ChatMachine chat = CHATS.on(release);

        assertThat(chat.output("journalctl", "-u", "ejabberd.service", "-o", "cat"))
                .contains("is started in the node");
        assertThat(chat.shell("find /var/log/ejabberd /var/lib/ejabberd -name '*.log*' -size +0"))
                .isEmpty();
        assertThat(chat.output("journalctl", "-t", "systemd-journald", "-o", "cat"))
                .containsPattern("System Journal .* max 256");
    }

    private static long size(ChatMachine chat, String file) {
        return Long.parseLong(chat.output("stat", "-c", "%s", file).strip());
    }
}
