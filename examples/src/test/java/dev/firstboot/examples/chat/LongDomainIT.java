package dev.firstboot.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Release;
import dev.firstboot.workload.xmpp.Xmpp;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The longest domain that an image can be made for works in every part of the service. */
class LongDomainIT {
    private static final String LONGEST = ("a".repeat(62) + ".").repeat(3) + "b".repeat(26) + ".com";

    @ParameterizedTest
    @EnumSource(Release.class)
    void domain_theLongestThereIs_takesLoginsAndUploads(Release release) throws IOException {
        assertThat(LONGEST).hasSize(219);
        try (ChatMachine chat = ChatMachine.boot(
                LONGEST, ChatArchive.boot("longest-" + release.suite(), Xmpp.cluster(LONGEST), release))) {
            try (RoomClient client = RoomClient.login(chat.server(), chat.account("romeo"))) {
                assertThat(client.services()).contains("host=");
            }
        }
    }
}
