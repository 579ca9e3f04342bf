package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.examples.chat.Credentials;
import dev.firstboot.image.Release;
import java.io.IOException;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user who writes SQL where a page of a node's items is asked for (XEP-0059). */
class PubsubIT {
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";

    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    @ParameterizedTest
    @EnumSource(Release.class)
    void items_pageAfterAnIdWithSqlInIt_tellNothingOfTheDatabase(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        Credentials user = chat.account("reader");
        String own = "reader@" + ChatMachine.DOMAIN;
        try (RawStream stream = RawStream.login(chat.server(), user)) {
            assertThat(stream.ask(
                            "set",
                            "",
                            "<pubsub xmlns='" + PUBSUB + "'><publish node='open'><item id='1'>"
                                    + "<x xmlns='urn:x'/></item></publish></pubsub>"))
                    .contains("type='result'");
            for (String after : new String[] {
                "'",
                "0' OR '1'='1",
                "0' UNION SELECT username, '" + own
                        + "', '2026-01-01T00:00:00:000000', '2026-01-01T00:00:00:000000', '<x>'"
                        + " || serverkey || '</x>' FROM users -- "
            }) {
                String answer = stream.ask(
                        "get",
                        own,
                        "<pubsub xmlns='" + PUBSUB + "'><items node='open'/>"
                                + "<set xmlns='http://jabber.org/protocol/rsm'><max>10</max><after>"
                                + after.replace("<", "&lt;").replace("'", "&apos;") + "</after></set></pubsub>");
                for (String verifier : chat.query("SELECT serverkey FROM users")) {
                    assertThat(answer).doesNotContain(verifier);
                }
            }
        }
        assertThat(chat.shell("cat /var/log/postgresql/*.log; journalctl -o cat -u 'postgresql@*'"))
                .doesNotContain("syntax error");
    }
}
