package dev.firstboot.advisory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DebianVersionTest {
    @ParameterizedTest
    @CsvSource({
        "1.0, 1.1, -1",
        "1.9, 1.10, -1",
        "1.0, 1.00, 0",
        "1.0, 1.0-0, 0",
        "0, 0-0, 0",
        "1:1.0, 2.0, 1",
        "0:1.0, 1.0, 0",
        "1.0~rc1, 1.0, -1",
        "1.0~rc1, 1.0~rc1~, 1",
        "1.0~~, 1.0~, -1",
        "1.0a, 1.0+, -1",
        "1.0+b, 1.0, 1",
        "1.0-1, 1.0-1+deb13u1, -1",
        "26.07-1~bpo13+1, 26.07-1, -1",
        "26.07-1~bpo13+1, 26.05-2, 1",
        "1.2-3-4, 1.2-4, 1",
        "99999999999999999999, 100000000000000000000, -1",
        "1.A, 1.a, -1",
    })
    void compareTo_always_isDpkgsOrder(String one, String other, int expected) {
        DebianVersion a = DebianVersion.of(one);
        DebianVersion b = DebianVersion.of(other);

        assertThat(Integer.signum(a.compareTo(b))).isEqualTo(expected);
        assertThat(Integer.signum(b.compareTo(a))).isEqualTo(-expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1 2", "a:1", ":1", "1_0", "1.0\n", "9999999999:1"})
    void of_noVersion_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DebianVersion.of(text))
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "26.07-1~bpo13+1, true, 26.07-1",
        "1:2.4.3-1~bpo12.1+2, true, 1:2.4.3-1",
        "2.0~bpo13+1, true, 2.0",
        "26.07-1, false, 26.07-1",
        "1.2-3~deb13u1, false, 1.2-3~deb13u1",
    })
    void ported_always_isTheVersionItWasMadeOutOf(String text, boolean isBackport, String ported) {
        assertThat(DebianVersion.of(text).isBackport()).isEqualTo(isBackport);
        assertThat(DebianVersion.of(text).ported()).hasToString(ported);
    }

    @Test
    void of_longestEpoch_isRead() {
        assertThat(DebianVersion.of("999999999:1")).isGreaterThan(DebianVersion.of("999999998:2"));
    }
}
