package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.image.Release;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kernel kills a service, as it does when memory is short. */
@ResourceLock(SharedChat.ALONE)
class KilledServicesIT {
    private static final int TRIES = 60;

    @RegisterExtension
    static final SharedChat CHATS = SharedChat.alone();

    @ParameterizedTest
    @CsvSource({
        "DEBIAN_12, postgresql@15-main",
        "DEBIAN_13, postgresql@17-main",
        "DEBIAN_12, ejabberd",
        "DEBIAN_13, ejabberd",
        "DEBIAN_12, nginx",
        "DEBIAN_13, nginx"
    })
    void kernel_killsAService_itComesBackWithItsData(Release release, String unit) throws InterruptedException {
        ChatMachine chat = CHATS.on(release);
        String accounts = accounts(chat);

        chat.output("systemctl", "kill", "--signal=KILL", unit);
        chat.shell("until ! systemctl --quiet is-active %s; do sleep 0.05; done".formatted(unit));

        awaitWork(chat, unit);
        assertThat(accounts(chat)).isEqualTo(accounts);
    }

    private static String accounts(ChatMachine chat) {
        return String.join("\n", chat.query("SELECT username FROM users ORDER BY username"));
    }

    private static void awaitWork(ChatMachine chat, String unit) throws InterruptedException {
        for (int i = 0; !works(chat); i++) {
            assertThat(i)
                    .as(() -> chat.shell("systemctl status --no-pager %s 2>&1 || true".formatted(unit)))
                    .isLessThan(TRIES);
            TimeUnit.SECONDS.sleep(1);
        }
    }

    private static boolean works(ChatMachine chat) {
        return chat.machine()
                .run("sh", "-c", "cd /usr/lib/xmpp && ./probe database && ./probe login && ./probe web")
                .isSuccess();
    }
}
