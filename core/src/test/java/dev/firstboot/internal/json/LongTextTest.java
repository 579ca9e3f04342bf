package dev.firstboot.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** A guest agent answers with up to 16 MiB of output as Base64, in one string. */
class LongTextTest {
    private static String json(int length) {
        return "{\"text\":\"" + "x".repeat(length) + "\"}";
    }

    @Test
    void parse_allThatAGuestAgentKeeps_isRead() {
        assertThat(JsonObject.parse(json(23 << 20)).text("text").orElseThrow()).hasSize(23 << 20);
    }

    @Test
    void parse_longerText_isRefusedWithTheReason() {
        assertThatThrownBy(() -> JsonObject.parse(json(33 << 20)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("String value length");
    }
}
