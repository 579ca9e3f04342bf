package dev.firstboot.zfs.internal.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.error.InvalidNameException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZfsNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"tank", "tank/a b", "tank/a.b/c-d_e:f", "1/2", "tank/..a"})
    void dataset_valid_isTaken(String name) {
        assertThat(ZfsNames.dataset(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/tank",
                "tank/",
                "tank//a",
                "tank/.",
                "tank/../b",
                "tank/é",
                "tank@s",
                "tank#b",
                "a\0b",
                "a\nb",
                "a$b",
                "tank/a%b",
                "t/%recv"
            })
    void dataset_invalid_isRefused(String name) {
        assertThatThrownBy(() -> ZfsNames.dataset(name)).isInstanceOf(InvalidNameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"@s", "tank@", "tank@a@b", "tank@a/b", "tank#a@b", "tank@a#b", "tank", "tank/@a"})
    void snapshot_invalid_isRefused(String name) {
        assertThatThrownBy(() -> ZfsNames.snapshot(name)).isInstanceOf(InvalidNameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tank#", "#b", "tank@a#b", "tank"})
    void bookmark_invalid_isRefused(String name) {
        assertThatThrownBy(() -> ZfsNames.bookmark(name)).isInstanceOf(InvalidNameException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mirror", "raidz2", "spare", "log", "1tank", "tank/a", "-tank"})
    void pool_reservedOrWrong_isRefused(String name) {
        assertThatThrownBy(() -> ZfsNames.pool(name)).isInstanceOf(InvalidNameException.class);
    }

    /** The kernel says EINVAL and no more. */
    @Test
    void name_withAPercentSign_tellsWhatIsAllowed() {
        for (String name : new String[] {"tank/a%b", "tank@a%b", "tank#a%b"}) {
            assertThatThrownBy(() -> {
                        if (name.indexOf('/') >= 0) {
                            ZfsNames.dataset(name);
                        } else {
                            ZfsNames.snapshotOrBookmark(name);
                        }
                    })
                    .isInstanceOf(InvalidNameException.class)
                    .hasMessageContainingAll(name, "'%'", "_ - . :");
        }
    }

    @Test
    void name_tooLong_tellsHowLong() {
        assertThat(ZfsNames.dataset("a".repeat(255))).hasSize(255);
        assertThatThrownBy(() -> ZfsNames.dataset("a".repeat(256))).hasMessageContaining("256 bytes");
        assertThatThrownBy(() -> ZfsNames.tag("t".repeat(256))).isInstanceOf(InvalidNameException.class);
    }

    @Test
    void pool_tooLong_tellsHowLong() {
        assertThat(ZfsNames.pool("p".repeat(239))).hasSize(239);
        assertThatThrownBy(() -> ZfsNames.pool("p".repeat(240))).hasMessageContainingAll("240 bytes", "239");
    }

    /** Only {@code log} itself is reserved. */
    @Test
    void pool_beginningWithLog_isTaken() {
        assertThat(ZfsNames.pool("logs")).isEqualTo("logs");
    }
}
