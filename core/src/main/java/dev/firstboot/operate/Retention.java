package dev.firstboot.operate;

import com.google.errorprone.annotations.CheckReturnValue;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Says which snapshots to keep: the first one of each of the latest hours, days, weeks and months that have any, and the latest ones whatever their age.
 * Times are UTC, weeks begin on Monday. Immutable.
 *
 * <pre>{@code
 * RetentionPlan plan = Retention.latest(3).hourly(24).daily(7).plan(stack.snapshots());
 * System.out.println(plan);      // nothing has happened yet
 * stack.destroy(plan);
 * }</pre>
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public final class Retention {
    private final int latest;
    private final Map<ChronoUnit, Integer> periods;
    private final Predicate<String> ours;

    private Retention(int latest, Map<ChronoUnit, Integer> periods, Predicate<String> ours) {
        this.latest = latest;
        this.periods = new LinkedHashMap<>(periods);
        this.ours = ours;
    }

    /**
     * Keeps the latest snapshots, so many of them.
     *
     * @throws IllegalArgumentException if it is less than one: a plan never destroys the last snapshot
     */
    public static Retention latest(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("latest " + count + " is less than 1: the last snapshot is always kept");
        }
        return new Retention(count, Map.of(), name -> true);
    }

    /** Keeps the first snapshot of each of the latest hours that have one. */
    public Retention hourly(int hours) {
        return with(ChronoUnit.HOURS, hours);
    }

    /** Keeps the first snapshot of each of the latest days that have one. */
    public Retention daily(int days) {
        return with(ChronoUnit.DAYS, days);
    }

    /** Keeps the first snapshot of each of the latest weeks that have one. */
    public Retention weekly(int weeks) {
        return with(ChronoUnit.WEEKS, weeks);
    }

    /** Keeps the first snapshot of each of the latest months that have one. */
    public Retention monthly(int months) {
        return with(ChronoUnit.MONTHS, months);
    }

    /** Looks only at snapshots whose names begin so; all others are kept and not counted. */
    public Retention onlyNamed(String prefix) {
        return new Retention(latest, periods, name -> name.startsWith(prefix));
    }

    private Retention with(ChronoUnit unit, int count) {
        if (count < 0) {
            throw new IllegalArgumentException(
                    count + " " + unit.toString().toLowerCase(Locale.ROOT) + " is less than none");
        }
        Map<ChronoUnit, Integer> more = new LinkedHashMap<>(periods);
        more.put(unit, count);
        return new Retention(latest, more, ours);
    }

    /** Says what becomes of these snapshots. Nothing happens to them. */
    public RetentionPlan plan(List<StackSnapshot> snapshots) {
        List<StackSnapshot> looked = snapshots.stream()
                .filter(snapshot -> ours.test(snapshot.name()))
                .sorted(Comparator.comparingLong(StackSnapshot::transactionGroup))
                .toList();
        Map<StackSnapshot, Set<String>> reasons = new LinkedHashMap<>();
        snapshots.stream()
                .filter(snapshot -> !ours.test(snapshot.name()))
                .forEach(snapshot -> reason(reasons, snapshot, "other name"));
        looked.subList(Math.max(0, looked.size() - latest), looked.size())
                .forEach(snapshot -> reason(reasons, snapshot, "latest"));
        looked.stream()
                .filter(StackSnapshot::complete)
                .reduce((before, last) -> last)
                .ifPresent(snapshot -> reason(reasons, snapshot, "latest that is complete"));
        periods.forEach((unit, count) ->
                firsts(looked, unit, count).forEach(snapshot -> reason(reasons, snapshot, word(unit))));
        looked.stream().filter(StackSnapshot::pinned).forEach(snapshot -> reason(reasons, snapshot, "held or cloned"));
        List<StackSnapshot> destroyed = new ArrayList<>(looked);
        destroyed.removeAll(reasons.keySet());
        return new RetentionPlan(reasons, destroyed);
    }

    private static void reason(Map<StackSnapshot, Set<String>> reasons, StackSnapshot snapshot, String why) {
        reasons.computeIfAbsent(snapshot, unknown -> new LinkedHashSet<>()).add(why);
    }

    private static String word(ChronoUnit unit) {
        return switch (unit) {
            case HOURS -> "hourly";
            case DAYS -> "daily";
            case WEEKS -> "weekly";
            default -> "monthly";
        };
    }

    /** Returns the first snapshot of each of the latest periods that have any. */
    private static List<StackSnapshot> firsts(List<StackSnapshot> oldestFirst, ChronoUnit unit, int count) {
        List<StackSnapshot> firsts = new ArrayList<>();
        Set<LocalDateTime> seen = new HashSet<>();
        for (StackSnapshot snapshot : oldestFirst) {
            if (seen.add(periodOf(snapshot.created(), unit))) {
                firsts.add(snapshot);
            }
        }
        return firsts.subList(Math.max(0, firsts.size() - count), firsts.size());
    }

    private static LocalDateTime periodOf(Instant time, ChronoUnit unit) {
        LocalDateTime utc = LocalDateTime.ofInstant(time, ZoneOffset.UTC);
        LocalDate day = utc.toLocalDate();
        return switch (unit) {
            case HOURS -> utc.truncatedTo(ChronoUnit.HOURS);
            case DAYS -> day.atStartOfDay();
            case WEEKS ->
                day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).atStartOfDay();
            default -> day.withDayOfMonth(1).atStartOfDay();
        };
    }
}
