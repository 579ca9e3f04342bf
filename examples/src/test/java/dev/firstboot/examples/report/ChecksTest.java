package dev.firstboot.examples.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ChecksTest {
    private final Checks checks = new Checks();

    @Test
    void check_oneThatFails_isListedAndTheRestGoesOn() {
        checks.check("one", () -> {
            throw new IOException("no route\nto host");
        });
        checks.check("two", () -> "fine");

        assertThat(checks.passed()).isFalse();
        assertThat(checks.done()).extracting(Checks.Check::passed).containsExactly(false, true);
        assertThat(checks.done().get(0).detail()).isEqualTo("no route");
    }

    @Test
    void require_thatFails_throwsWithTheReason() {
        assertThatThrownBy(() -> checks.require("boot", () -> {
                    throw new IOException("it is off");
                }))
                .isInstanceOf(Checks.FailedCheckException.class)
                .hasMessage("boot: it is off");
    }
}
