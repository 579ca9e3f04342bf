package dev.firstboot.examples.smack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.examples.smack.Outcome.Kind;
import dev.firstboot.image.Release;
import dev.firstboot.image.Resources;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KnownFailuresTest {
    private static final String TEXT = """
            # a comment

            debian-12 debian-13 | RoomTest.enter (Normal) | it wants a | b
            debian-12 | RoomTest.leave (Normal) | it is old
            """;

    private final KnownFailures known = KnownFailures.parse(TEXT, Release.DEBIAN_13);

    @Test
    void parse_linesOfTwoReleases_keepsThoseOfOne() {
        assertThat(known.reasons()).containsExactly(Map.entry("RoomTest.enter (Normal)", "it wants a | b"));
    }

    @Test
    void parse_lineWithoutReason_isRefused() {
        assertThatThrownBy(() -> KnownFailures.parse("debian-13 | RoomTest.enter | ", Release.DEBIAN_13))
                .hasMessageContaining("RoomTest.enter");
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void parse_listOfThisProject_isRead(Release release) {
        assertThat(KnownFailures.parse(Resources.text(SmackSoak.class, "known-failures.txt"), release))
                .isNotNull();
    }

    @Test
    void surprises_asTheListSays_areNone() {
        assertThat(known.surprises(List.of(failed("RoomTest.enter (Normal)"), passed("RoomTest.leave (Normal)"))))
                .isEmpty();
    }

    @Test
    void surprises_failureThatIsNotInTheList_isOne() {
        assertThat(known.surprises(List.of(failed("RoomTest.enter (Normal)"), failed("RoomTest.leave (Normal)"))))
                .singleElement()
                .asString()
                .contains("RoomTest.leave", "not in the list");
    }

    @Test
    void surprises_knownFailurePassesOrIsNotRun_isOne() {
        assertThat(known.surprises(List.of(passed("RoomTest.enter (Normal)"))))
                .singleElement()
                .asString()
                .contains("RoomTest.enter", "take it out");
        assertThat(known.surprises(List.of())).hasSize(1);
    }

    @Test
    void surprises_testThatIsNoLongerPossible_isOne() {
        Outcome impossible = new Outcome(Kind.NOT_POSSIBLE, "RoomTest.leave (Normal)", "no rooms");

        assertThat(known.surprises(List.of(failed("RoomTest.enter (Normal)"), impossible)))
                .singleElement()
                .asString()
                .contains("RoomTest.leave", "no rooms");
    }

    private static Outcome failed(String test) {
        return new Outcome(Kind.FAILED, test, "no answer");
    }

    private static Outcome passed(String test) {
        return new Outcome(Kind.PASSED, test, "");
    }
}
