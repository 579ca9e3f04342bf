package dev.firstboot.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

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
}
