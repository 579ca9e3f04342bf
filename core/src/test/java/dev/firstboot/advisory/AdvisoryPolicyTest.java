package dev.firstboot.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdvisoryPolicyTest {
    private static final AdvisoryPolicy NONE = AdvisoryPolicy.of(SecurityTracker.debian());
    private static final Advisory HIGH = advisory("CVE-2026-1", Urgency.HIGH, null);
    private static final Advisory FIXABLE = advisory("CVE-2026-2", Urgency.UNIMPORTANT, "trixie-security");
    private static final Advisory NOBODY_JUDGED = advisory("CVE-2026-3", Urgency.NOT_YET_ASSIGNED, null);
    private static final List<Advisory> ALL = List.of(HIGH, NOBODY_JUDGED, FIXABLE);

    private static Advisory advisory(String cve, Urgency urgency, @Nullable String suite) {
        return new Advisory(
                cve,
                "zlib",
                List.of("zlib1g"),
                DebianVersion.of("1"),
                null,
                suite == null ? List.of() : List.of(suite),
                urgency,
                null,
                "");
    }

    @Test
    void refused_noRule_isNothing() {
        assertThat(NONE.refused(ALL)).isEmpty();
        assertThat(NONE.hasRule()).isFalse();
    }

    @Test
    void refused_fixable_isWhatASuiteHasAFixFor() {
        assertThat(NONE.refuseFixable().refused(ALL)).containsExactly(FIXABLE);
    }

    @Test
    void refused_fromAnUrgency_isThatAndWhatIsMoreUrgent() {
        assertThat(NONE.refuseFrom(Urgency.MEDIUM).refused(ALL)).containsExactly(HIGH);
        assertThat(NONE.refuseFrom(Urgency.NOT_YET_ASSIGNED).refused(ALL)).containsExactly(HIGH, NOBODY_JUDGED);
    }

    @Test
    void refused_bothRules_isWhatEitherRefuses() {
        assertThat(NONE.refuseFixable().refuseFrom(Urgency.HIGH).refused(ALL)).containsExactly(HIGH, FIXABLE);
    }

    @Test
    void refused_accepted_isLeftOut() {
        assertThat(NONE.refuseFrom(Urgency.UNIMPORTANT)
                        .accept("CVE-2026-1")
                        .accept("CVE-2026-3")
                        .refused(ALL))
                .containsExactly(FIXABLE);
    }

    @Test
    void toString_always_tellsTheRules() {
        assertThat(NONE.refuseFixable().refuseFrom(Urgency.HIGH).accept("CVE-2026-9"))
                .hasToString(
                        "AdvisoryPolicy[refuses what has a fix and what is high or more urgent, but for CVE-2026-9; by "
                                + SecurityTracker.DEBIAN + "]");
    }
}
