package dev.firstboot.examples.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.image.Release;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody sends more than an account may keep, to fill the disk and stop the database. */
class QuotaIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    @ParameterizedTest
    @EnumSource(Release.class)
    void messages_toSomebodyWhoIsAway_oneTooMany_isRefused(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        chat.account("away");
        int most = Integer.parseInt(Limits.of(chat, "max_user_offline_messages", "away"));
        assertThat(most).isEqualTo(1000);
        try (RawStream stream = RawStream.login(chat.server(), chat.account("talker"))) {
            for (int i = 1; i <= most + 1; i++) {
                stream.send("<message to='away@" + ChatMachine.DOMAIN + "' type='chat' id='message-" + i + "'><body>"
                        + i + "</body></message>");
                if (i % 50 == 0) {
                    // Whatever time it takes: what was sent before is kept when this is answered.
                    stream.ask("get", "", "<ping xmlns='urn:xmpp:ping'/>");
                }
            }

            assertThat(stream.until("<message[^>]*type='error'[^>]*>.*?</message>"))
                    .contains("id='message-" + (most + 1) + "'")
                    .contains("<resource-constraint");
        }
        assertThat(chat.query("SELECT count(*) FROM spool WHERE username = 'away'"))
                .isEqualTo(List.of(Integer.toString(most)));
        chat.query("DELETE FROM spool WHERE username = 'away'");
    }

    /** The server counts what the files say that they hold, so that they may be hollow. */
    @ParameterizedTest
    @EnumSource(Release.class)
    void upload_beyondTheQuota_costsTheOldestFile(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        Credentials account = chat.account("uploader");
        assertThat(Limits.of(chat, "hard_upload_quota", "uploader")).isEqualTo("1000");
        String directory = "/var/lib/ejabberd-upload/" + sha1("uploader@" + ChatMachine.DOMAIN);
        file(chat, directory + "/oldest/file", 700, "3 hours ago");
        file(chat, directory + "/older/file", 150, "2 hours ago");
        file(chat, directory + "/newest/file", 60, "1 hour ago");
        try (RawStream stream = RawStream.login(chat.server(), account)) {
            requestSlot(chat, stream, 80);
            assertThat(files(chat, directory)).containsExactlyInAnyOrder("oldest", "older", "newest");

            requestSlot(chat, stream, 95);
            assertThat(files(chat, directory)).containsExactlyInAnyOrder("older", "newest");
        } finally {
            chat.output("rm", "-r", directory);
        }
    }

    private static void requestSlot(ChatMachine chat, RawStream stream, int mebibytes) throws IOException {
        assertThat(stream.ask(
                        "get",
                        "upload." + ChatMachine.DOMAIN,
                        "<request xmlns='urn:xmpp:http:upload:0' filename='file' size='" + (mebibytes << 20) + "'/>"))
                .contains("<put ");
        // Who looks after the quota is told before the answer goes out, and answers in turn.
        Erlang.ask(
                chat,
                "begin sys:get_state(mod_http_upload:get_proc_name(<<\"" + ChatMachine.DOMAIN
                        + "\">>, mod_http_upload_quota)), ok end");
    }

    private static void file(ChatMachine chat, String file, int mebibytes, String time) {
        chat.shell("runuser -u ejabberd -- sh -c 'mkdir -p $(dirname " + file + ") && truncate -s " + mebibytes + "M "
                + file + " && touch -d \"" + time + "\" " + file + "'");
    }

    private static List<String> files(ChatMachine chat, String directory) {
        return chat.output("ls", directory).lines().toList();
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
