package dev.firstboot.image;

import dev.firstboot.zfs.property.NativeProperties;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds datasets that cannot be created, or cannot be mounted where and when a machine needs them. */
final class DatasetChecks {
    /** The paths that the system boots from: nothing may be mounted there, and they roll back as one with the root. */
    private static final Set<UnixPath> ROOTS =
            Set.of(UnixPath.of("/"), UnixPath.of("/etc"), UnixPath.of("/usr"), UnixPath.of("/boot"));

    /** State of the installed packages, which must roll back with them. */
    private static final List<UnixPath> STATE = List.of(
            UnixPath.of("/var"),
            UnixPath.of("/var/lib"),
            UnixPath.of("/var/lib/dpkg"),
            UnixPath.of("/var/lib/systemd"),
            UnixPath.of("/usr/bin"),
            UnixPath.of("/usr/lib"),
            UnixPath.of("/usr/sbin"),
            UnixPath.of("/usr/share"));

    /** The datasets that every disk has, and their mount points. */
    private static final Map<String, UnixPath> OWN =
            Map.of("home", UnixPath.of("/home"), "log", UnixPath.of("/var/log"));

    /** A number as {@code zfs set} takes it. */
    private static final Pattern SIZE = Pattern.compile("([0-9.]{1,30})([KMG]?)(?:I?B)?");

    private static final int LARGEST_RECORD = 1 << 20;

    private final String zfsVersion;
    private final Consumer<String> problems;

    private DatasetChecks(String zfsVersion, Consumer<String> problems) {
        this.zfsVersion = zfsVersion;
        this.problems = problems;
    }

    /** Reports every problem, in recipe order. */
    static void check(List<Recipe> recipes, String zfsVersion, Consumer<String> problems) {
        DatasetChecks checks = new DatasetChecks(zfsVersion, problems);
        recipes.forEach(recipe ->
                recipe.datasets().forEach(set -> checks.check(set, set.name() + " of " + recipe.name())));
    }

    private void check(DatasetSpec set, String whose) {
        place(set)
                .ifPresent(
                        why -> problems.accept("dataset " + whose + " cannot be at " + set.mountpoint() + ": " + why));
        UnixPath own = OWN.get(set.name());
        if (set.placement() == DatasetSpec.Placement.KEEP && own != null && !own.equals(set.mountpoint())) {
            problems.accept("dataset " + whose + " has the name of the one that every disk has at " + own
                    + "; choose another name");
        }
        set.properties()
                .forEach((name, value) -> NativeProperties.problem(zfsVersion, name, value)
                        .or(() -> name.equals("recordsize") ? recordSize(value) : Optional.empty())
                        .ifPresent(why -> problems.accept("dataset " + whose + ": " + why)));
    }

    /** Checks a record size. ZFS supports larger ones, but disks are not written with them. The value is one that ZFS accepts. */
    private static Optional<String> recordSize(String value) {
        Matcher size = SIZE.matcher(value.toUpperCase(Locale.ROOT));
        double unit = size.matches() ? Math.pow(1024, " KMG".indexOf((size.group(2) + " ").charAt(0))) : 0;
        boolean large = size.matches() && Double.parseDouble(size.group(1)) * unit > LARGEST_RECORD;
        return large
                ? Optional.of("recordsize " + value + " is more than 1M, which disks are not written with")
                : Optional.empty();
    }

    private static Optional<String> place(DatasetSpec set) {
        UnixPath path = set.mountpoint();
        Optional<UnixPath> filled = SystemPlaces.filledAtBoot(path);
        Optional<UnixPath> link = SystemPlaces.linkAbove(path);
        if (filled.isPresent()) {
            return Optional.of(filled.get() + " is filled anew at every boot");
        } else if (link.isPresent()) {
            return Optional.of(link.get() + " is a link in every Debian; say " + SystemPlaces.real(path));
        } else if (ROOTS.contains(path) || path.startsWith(UnixPath.of("/boot"))) {
            return Optional.of("the system starts from there, and it rolls back with the system as it is; choose a"
                    + " directory of the workload's own, such as /srv/app");
        } else if (PathChecks.RESERVED.stream().anyMatch(path::startsWith)) {
            return Optional.of("the image keeps its own first-boot files there");
        } else if (set.placement() == DatasetSpec.Placement.KEEP && STATE.contains(path)) {
            return Optional.of(
                    "what the packages keep there must roll back with them; use DatasetSpec.stack, or choose a"
                            + " directory below it");
        }
        return Optional.empty();
    }
}
