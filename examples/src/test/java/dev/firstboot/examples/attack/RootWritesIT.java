package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody who has become ejabberd wants root to write where he says: he lays traps in the directories that are ejabberd's. */
@ResourceLock(SharedChat.ALONE)
class RootWritesIT {
    @RegisterExtension
    static final SharedChat CHATS = SharedChat.alone();

    private static final String CANARIES = "/var/canary /var/canary-for-all /run/canary-for-all";

    /** All that root does on a running machine by itself. */
    private static final String ROOTS_WORK = """
            systemctl start xmpp-address.service tls-renew.service
            systemctl restart firstboot-render.service
            logrotate --force /etc/logrotate.conf
            systemctl restart ejabberd.service
            systemctl is-active ejabberd.service
            """;

    @ParameterizedTest
    @EnumSource(Release.class)
    void ejabberd_laysTraps_rootStepsIntoNoneAndTheMachineBecomesReady(Release release) {
        ChatMachine chat = CHATS.on(release);
        for (String kind : List.of("link", "hard", "fifo", "directory")) {
            layCanaries(chat);
            String before = canaries(chat);
            lay(chat, kind);
            // An address that has to be written down.
            chat.shell("rm -rf /run/xmpp && " + "set -e\n" + ROOTS_WORK);

            assertThat(canaries(chat)).as(kind).isEqualTo(before);
            assertThat(rootsFilesInDirectoriesOfOthers(chat)).as(kind).isEmpty();
        }

        lay(chat, "directory");
        chat.machine().kill();
        chat.machine().start();
        assertThat(chat.machine().awaitReady().firstBoot()).isFalse();

        lay(chat, "none");
        chat.shell("rm -f " + CANARIES);
        chat.output("systemctl", "restart", "ejabberd.service");
        assertThat(chat.output("/usr/lib/xmpp/probe", "login")).isEmpty();
    }

    /** Finds every place of that kind, also one that nobody has thought of yet. */
    @ParameterizedTest
    @EnumSource(Release.class)
    void directories_ofOtherUsers_holdNothingOfRoots(Release release) {
        assertThat(rootsFilesInDirectoriesOfOthers(CHATS.on(release))).isEmpty();
    }

    private static void lay(ChatMachine chat, String kind) {
        chat.machine()
                .runWithInput(
                        Resources.text(RootWritesIT.class, "traps.sh"),
                        "setpriv",
                        "--reuid=ejabberd",
                        "--regid=ejabberd",
                        "--init-groups",
                        "sh",
                        "-s",
                        kind)
                .check();
    }

    private static void layCanaries(ChatMachine chat) {
        chat.shell("for file in " + CANARIES + "; do rm -f $file; echo untouched >$file; done\n"
                + "chmod 0600 /var/canary && chmod 0666 /var/canary-for-all /run/canary-for-all");
    }

    private static String canaries(ChatMachine chat) {
        return chat.shell("for file in " + CANARIES + "; do stat -c '%n %U %G %a %i %s %y' $file; cat $file; done");
    }

    private static List<String> rootsFilesInDirectoriesOfOthers(ChatMachine chat) {
        // Other names of a canary are traps.
        return chat.shell("find / /run -xdev -type d ! -user root -exec find {} -mindepth 1 -maxdepth 1 -user root"
                        + " -links 1 \\;")
                .lines()
                .toList();
    }
}
