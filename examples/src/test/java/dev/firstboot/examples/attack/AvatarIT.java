package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.image.Release;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A limit against those who send too much, which kept a user's picture waiting for 39 seconds. */
class AvatarIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    private static final String AVATAR = "urn:xmpp:avatar:data";
    private static final int BYTES = 96 * 1024;
    private static final int ENOUGH_SECONDS = 4;

    @ParameterizedTest
    @EnumSource(Release.class)
    void avatar_of96KiB_arrivesAsItIsWithinTheBurst(Release release) throws IOException {
        ChatMachine chat = CHATS.on(release);
        byte[] picture = new byte[BYTES];
        new Random(96).nextBytes(picture);
        String publish = "<pubsub xmlns='" + PUBSUB + "'><publish node='" + AVATAR
                + "'><item id='picture'><data xmlns='" + AVATAR + "'>"
                + Base64.getEncoder().encodeToString(picture) + "</data></item></publish></pubsub>";

        assertThat(seconds(chat, publish.length())).isLessThan(ENOUGH_SECONDS);

        try (RawStream stream = RawStream.login(chat.server(), chat.account("pictured"))) {
            assertThat(stream.ask("set", "", publish)).contains("type='result'");
            String item = stream.ask(
                    "get",
                    "",
                    "<pubsub xmlns='" + PUBSUB + "'><items node='" + AVATAR
                            + "'><item id='picture'/></items></pubsub>");
            Matcher data =
                    Pattern.compile("<data[^>]*>(.*?)</data>", Pattern.DOTALL).matcher(item);
            assertThat(data.find()).as(item).isTrue();
            assertThat(Base64.getDecoder().decode(data.group(1))).isEqualTo(picture);
        }
    }

    /** How long the running server lets a user wait who sends so many bytes at once: what is beyond the burst comes at the rate. */
    private static long seconds(ChatMachine chat, int bytes) {
        String shaper = Limits.of(chat, "c2s_shaper", "pictured");
        Matcher numbers = Pattern.compile("\\{(\\d+), (\\d+)}").matcher(shaper);
        assertThat(numbers.matches()).as(shaper).isTrue();
        long rate = Long.parseLong(numbers.group(1));
        long burst = Long.parseLong(numbers.group(2));
        return Math.max(0, bytes - burst) / rate;
    }
}
