package dev.firstboot.machine.life;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.machine.ReadinessTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
    @Test
    void obstacle_severalWereTold_isTheLast() {
        assertThat(Diagnosis.obstacle(List.of(
                        "Nov 29 21:00:00 chat probe[77]: firstboot: not ready: database: no socket ",
                        "[   12.5] probe[77]: firstboot: not ready: xmpp-tls: handshake: refused, as it says",
                        "[   12.6] something else: not ready: at all")))
                .contains(new ReadinessTimeoutException.Obstacle("xmpp-tls", "handshake: refused, as it says"));
        assertThat(Diagnosis.obstacle(List.of("firstboot: not ready: ejabberd.service: failed; see 'journalctl'")))
                .hasValueSatisfying(known -> assertThat(known.name()).isEqualTo("ejabberd.service"));
        assertThat(Diagnosis.obstacle(List.of("firstboot: not ready: silent: ")))
                .hasValueSatisfying(known -> assertThat(known).hasToString("silent"));
        assertThat(Diagnosis.obstacle(List.of("firstboot: ready after 3 s"))).isEmpty();
    }

    @Test
    void patience_briefWait_isBrief() {
        assertThat(Diagnosis.patience(Duration.ofSeconds(3))).isEqualTo(Duration.ofSeconds(3));
        assertThat(Diagnosis.patience(Duration.ofSeconds(100))).isEqualTo(Duration.ofSeconds(10));
        assertThat(Diagnosis.patience(Duration.ofMinutes(10))).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void message_probeIsKnown_beginsWithIt() {
        List<String> journal = IntStream.range(0, 60).mapToObj(i -> "line " + i).toList();
        ReadinessTimeoutException e = new ReadinessTimeoutException(
                "chat",
                Duration.ofSeconds(8),
                Optional.of(new ReadinessTimeoutException.Obstacle("xmpp-tls", "connection refused")),
                List.of(),
                journal,
                List.of());
        assertThat(e.getMessage().lines().findFirst())
                .contains("machine chat: not ready after 8.0 s: xmpp-tls: connection refused; failed units: none");
    }
}
