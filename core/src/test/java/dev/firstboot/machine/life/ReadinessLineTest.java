package dev.firstboot.machine.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.machine.Readiness;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadinessLineTest {
    private static final String LINE =
            "{\"firstboot\":\"ready\",\"image\":\"chat\",\"firstBoot\":true,\"seconds\":12.3,\"probes\":[{\"name\":\"a } b\",\"seconds\":0.1}]}";
    private static final Readiness READY = new Readiness(
            "chat",
            true,
            Duration.ofMillis(12300),
            List.of(new Readiness.PassedProbe("a } b", Duration.ofMillis(100))),
            List.of());

    @Test
    void find_lineAlone_isRead() {
        assertThat(ReadinessLine.find(LINE)).contains(READY);
        assertThat(READY).hasToString("chat ready after 12.3 s of its first boot; probes passed: a } b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chat login: %s",
                "\u001b[0;32m  OK  \u001b[0m %s\r",
                "%s[   12.345678] random: crng init done",
                "{\"other\":1} {broken %s {",
                "\u001b]0;title\u0007%s\u001b[K",
                "\u001b[1m\u001b[?2004h\u001b(B%s\u0000",
            })
    void find_lineWithNoiseAround_isRead(String noise) {
        assertThat(ReadinessLine.find(noise.formatted(LINE))).contains(READY);
    }

    @Test
    void find_escapeCodeInTheMiddle_isPassedOver() {
        assertThat(ReadinessLine.find(LINE.replace(",\"seconds\":12.3", "\u001b[0m,\"seconds\":12.3")))
                .contains(READY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"firstboot\":\"ready\"",
                "{\"firstboot\":\"waiting\"}",
                "{\"first\":{\"firstboot\":7}}",
                "firstboot ready",
                "{\"firstboot\":\"ready\",[}",
            })
    void find_anythingElse_isNot(String line) {
        assertThat(ReadinessLine.find(line)).isEmpty();
    }

    @Test
    void find_fieldsOfALaterVersion_arePassedOver() {
        assertThat(ReadinessLine.find(
                        "{\"firstboot\":\"ready\",\"image\":\"i\",\"firstBoot\":false,\"seconds\":3,\"more\":[1]}"))
                .contains(new Readiness("i", false, Duration.ofSeconds(3), List.of(), List.of()));
    }

    @Test
    void find_failedUnits_areTold() {
        assertThat(ReadinessLine.find("{\"firstboot\":\"ready\",\"image\":\"i\",\"firstBoot\":false,\"seconds\":3,"
                        + "\"failedUnits\":[\"a.service\",\"srv-two\\\\x20words.mount\"]}"))
                .get()
                .satisfies(ready ->
                        assertThat(ready.failedUnits()).containsExactly("a.service", "srv-two\\x20words.mount"))
                .hasToString("i ready after 3.0 s; failed units: a.service, srv-two\\x20words.mount");
    }
}
