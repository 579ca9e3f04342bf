package dev.firstboot.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.examples.chat.ChatMachine;
import dev.firstboot.image.Release;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an account may fill the machine with. A limit that the server does not understand is none, so the server is asked. */
class LimitsIT {
    @RegisterExtension
    static final SharedChat CHATS = new SharedChat();

    @ParameterizedTest
    @EnumSource(Release.class)
    void limits_asTheServerUnderstandsThem_areThoseOfTheImage(Release release) {
        ChatMachine chat = CHATS.on(release);

        assertThat(Limits.of(chat, "max_user_offline_messages", "romeo")).isEqualTo("1000");
        assertThat(Limits.of(chat, "max_user_offline_messages", "admin")).isEqualTo("5000");
        assertThat(Limits.of(chat, "soft_upload_quota", "romeo")).isEqualTo("900");
        assertThat(Limits.of(chat, "hard_upload_quota", "romeo")).isEqualTo("1000");
        assertThat(Limits.of(chat, "max_user_sessions", "romeo")).isEqualTo("10");
        assertThat(Limits.of(chat, "c2s_shaper", "romeo")).isEqualTo("{50000, 250000}");
    }
}
