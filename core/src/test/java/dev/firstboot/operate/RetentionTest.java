package dev.firstboot.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.image.ByteSize;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static StackSnapshot at(String time) {
        return named(time.replace(":", ""), time);
    }

    private static StackSnapshot named(String name, String time) {
        return one(name, time, Instant.parse(time).getEpochSecond(), true, false);
    }

    private static StackSnapshot one(String name, String time, long group, boolean complete, boolean pinned) {
        return new StackSnapshot(
                name, "original", Instant.parse(time), group, "1", 3, complete, pinned, ByteSize.mebibytes(1));
    }

    private static List<StackSnapshot> of(String... times) {
        return Stream.of(times).map(RetentionTest::at).toList();
    }

    private static List<String> destroyed(Retention retention, List<StackSnapshot> snapshots) {
        return retention.plan(snapshots).destroyed().stream()
                .map(StackSnapshot::name)
                .toList();
    }

    @Test
    void plan_latest_keepsTheYoungest() {
        assertThat(destroyed(
                        Retention.latest(2),
                        of("2026-11-30T10:00:00Z", "2026-11-30T12:00:00Z", "2026-11-30T11:00:00Z")))
                .containsExactly("2026-11-30T100000Z");
    }

    @Test
    void plan_daily_keepsTheFirstOfEachOfTheLatestDaysThatHaveAny() {
        List<StackSnapshot> snapshots = of(
                "2026-11-25T23:59:59Z",
                "2026-11-27T00:00:00Z",
                "2026-11-27T18:00:00Z",
                "2026-11-30T09:00:00Z",
                "2026-11-30T10:00:00Z");

        assertThat(destroyed(Retention.latest(1).daily(2), snapshots))
                .containsExactly("2026-11-25T235959Z", "2026-11-27T180000Z");
    }

    @Test
    void plan_weeksAndMonths_beginOnMondayAndOnTheFirst() {
        List<StackSnapshot> snapshots =
                of("2026-11-01T00:00:00Z", "2026-11-29T23:59:59Z", "2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z");

        // The 29th is a Sunday, the 30th a Monday.
        assertThat(destroyed(Retention.latest(1).weekly(2), snapshots)).containsExactly("2026-11-01T000000Z");
        assertThat(destroyed(Retention.latest(1).monthly(2), snapshots))
                .containsExactly("2026-11-29T235959Z", "2026-11-30T000000Z");
    }

    @Test
    void plan_onlyNamed_leavesOthersAlone() {
        List<StackSnapshot> snapshots = List.of(
                named("auto-1", "2026-11-30T10:00:00Z"),
                named("before-upgrade", "2026-11-30T11:00:00Z"),
                named("auto-2", "2026-11-30T12:00:00Z"));

        RetentionPlan plan = Retention.latest(1).onlyNamed("auto-").plan(snapshots);

        assertThat(plan.destroyed()).extracting(StackSnapshot::name).containsExactly("auto-1");
        assertThat(plan)
                .hasToString(String.join(
                        System.lineSeparator(),
                        "keep     before-upgrade (other name)",
                        "keep     auto-2 (latest, latest that is complete)",
                        "destroy  auto-1, 1 MiB",
                        "1 of 3 snapshots are destroyed, which frees at least 1 MiB"));
    }

    @Test
    void plan_randomTimes_keepsTheLastAndIsStableWhenRepeated() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<StackSnapshot> snapshots = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            Instant time = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(random.nextInt(200 * 86_400));
            snapshots.add(new StackSnapshot(
                    "s" + i,
                    "original",
                    time,
                    time.getEpochSecond() * 1000 + i,
                    "1",
                    1,
                    true,
                    false,
                    ByteSize.bytes(i)));
        }
        Collections.shuffle(snapshots, random);
        Retention retention = Retention.latest(3).hourly(24).daily(7).weekly(4).monthly(6);

        RetentionPlan plan = retention.plan(snapshots);

        assertThat(plan.kept()).as("seed %d", seed).hasSizeBetween(3, 4 + 24 + 7 + 4 + 6);
        assertThat(plan.kept().size() + plan.destroyed().size()).isEqualTo(snapshots.size());
        assertThat(plan.kept())
                .contains(snapshots.stream()
                        .max(java.util.Comparator.comparing(StackSnapshot::created)
                                .thenComparing(StackSnapshot::name))
                        .orElseThrow());
        assertThat(retention.plan(plan.kept()).destroyed()).as("seed %d", seed).isEmpty();
    }

    /** The clock of a machine may have been wrong: transaction groups tell what came after what. */
    @Test
    void plan_clockWasWrong_keepsWhatWasTakenLast() {
        List<StackSnapshot> snapshots = List.of(
                one("in-the-future", "2030-01-01T00:00:00Z", 10, true, false),
                one("now", "2026-11-30T10:00:00Z", 20, true, false));

        assertThat(destroyed(Retention.latest(1), snapshots)).containsExactly("in-the-future");
    }

    @Test
    void plan_theLatestLostADataset_keepsTheLatestWholeOneToo() {
        List<StackSnapshot> snapshots = List.of(
                one("old", "2026-11-30T08:00:00Z", 10, true, false),
                one("whole", "2026-11-30T09:00:00Z", 20, true, false),
                one("partial", "2026-11-30T10:00:00Z", 30, false, false));

        assertThat(destroyed(Retention.latest(1), snapshots)).containsExactly("old");
    }

    @Test
    void plan_heldOrCloned_isKept() {
        List<StackSnapshot> snapshots = List.of(
                one("held", "2026-11-30T08:00:00Z", 10, true, true),
                one("free", "2026-11-30T09:00:00Z", 20, true, false),
                one("last", "2026-11-30T10:00:00Z", 30, true, false));

        assertThat(destroyed(Retention.latest(1), snapshots)).containsExactly("free");
    }

    @Test
    void latest_none_isRefused() {
        assertThatThrownBy(() -> Retention.latest(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Retention.latest(1).daily(-1)).hasMessageContaining("-1 days");
    }
}
