package dev.firstboot.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Finds files of recipes that a machine could not have or would not see, or that would break any Debian system. */
final class PathChecks {
    /** Paths that the image itself writes; no recipe may. */
    static final List<UnixPath> RESERVED =
            List.of(UnixPath.of("/usr/lib/firstboot"), UnixPath.of("/etc/firstboot"), UnixPath.of(MachinePaths.STATE));

    private static final List<UnixPath> ACCOUNTS = List.of(
            UnixPath.of("/etc/passwd"),
            UnixPath.of("/etc/group"),
            UnixPath.of("/etc/shadow"),
            UnixPath.of("/etc/gshadow"));

    /** Directories that only workloads use. */
    private static final List<String> SPARE = List.of("/media", "/mnt", "/opt", "/srv");

    private static final String RETURN =
            " has lines that end as on Windows, and no machine finds its interpreter; end them with \\n alone";

    /** A path claimed by something in a recipe. */
    private record Claim(UnixPath path, boolean directory, String whose) {}

    private final Consumer<String> problems;

    private PathChecks(Consumer<String> problems) {
        this.problems = problems;
    }

    /** Reports every problem, in recipe order. */
    static void check(List<Recipe> recipes, Consumer<String> problems) {
        PathChecks checks = new PathChecks(problems);
        List<Claim> files = recipes.stream().flatMap(PathChecks::files).toList();
        files.forEach(checks::placeIsFree);
        recipes.forEach(checks::systemStays);
        recipes.forEach(checks::scriptsRun);
        SortedMap<UnixPath, Claim> leaves = new TreeMap<>();
        files.stream()
                .filter(claim -> !claim.directory())
                .forEach(claim -> leaves.putIfAbsent(SystemPlaces.real(claim.path()), claim));
        Stream.concat(files.stream(), recipes.stream().flatMap(PathChecks::datasets))
                .forEach(claim -> checks.nothingIsInTheWay(claim, leaves));
    }

    private static Stream<Claim> files(Recipe recipe) {
        return Stream.concat(
                recipe.files().stream()
                        .map(file -> new Claim(
                                file.path(),
                                file.content() instanceof Content.Directory,
                                "file " + file.path() + " of " + recipe.name())),
                recipe.downloads().stream()
                        .map(file -> new Claim(file.path(), false, "file " + file.path() + " of " + recipe.name())));
    }

    private static Stream<Claim> datasets(Recipe recipe) {
        return recipe.datasets().stream()
                .map(set -> new Claim(
                        set.mountpoint(),
                        true,
                        "dataset " + set.name() + " of " + recipe.name() + ", at " + set.mountpoint() + ","));
    }

    private void placeIsFree(Claim file) {
        UnixPath path = file.path();
        UnixPath real = SystemPlaces.real(path);
        Optional<UnixPath> filled = SystemPlaces.filledAtBoot(path);
        if (filled.isPresent()) {
            problems.accept(file.whose() + " would not be there on a machine: " + filled.get()
                    + " is filled anew at every boot; choose another place, or let a step make it at every boot, or systemd by"
                    + " a file in /usr/lib/tmpfiles.d");
        } else if (SystemPlaces.isLink(path)) {
            problems.accept(file.whose() + " would replace a link that every Debian has; say "
                    + SystemPlaces.target(path) + " if that is meant");
        } else if (!file.directory() && SystemPlaces.isDirectory(path)) {
            problems.accept(file.whose()
                    + " would replace a directory of the system with all that is in it; add a name behind " + path);
        } else if (RESERVED.stream().anyMatch(real::startsWith)) {
            problems.accept(
                    file.whose() + " lies where the image keeps its own first-boot files; choose another directory");
        } else if (ACCOUNTS.contains(real)) {
            problems.accept(file.whose() + " is written by the image itself; declare users with addUser(...)");
        }
    }

    private void nothingIsInTheWay(Claim claim, Map<UnixPath, Claim> leaves) {
        UnixPath real = SystemPlaces.real(claim.path());
        for (UnixPath at = claim.directory() ? real : parent(real); !at.value().equals("/"); at = parent(at)) {
            Claim leaf = leaves.get(at);
            if (leaf != null && !leaf.equals(claim)) {
                problems.accept(claim.whose()
                        + (at.equals(real) ? " is a directory, where " : " would lie below ") + leaf.whose()
                        + (at.equals(real) ? " is none" : ", which is no directory")
                        + "; give one of them another path");
            }
        }
    }

    private static UnixPath parent(UnixPath path) {
        int slash = path.value().lastIndexOf('/');
        return UnixPath.of(slash <= 0 ? "/" : path.value().substring(0, slash));
    }

    private void systemStays(Recipe recipe) {
        recipe.removals().stream()
                .filter(path -> SystemPlaces.isLink(path) || SystemPlaces.isDirectory(path))
                .filter(path -> !SPARE.contains(path.value()))
                .forEach(path -> problems.accept("without " + path + ", which " + recipe.name()
                        + " leaves out, no Debian works; name what in it is to be left out"));
    }

    /** Finds scripts whose first line ends with a carriage return: the kernel treats it as part of the interpreter's name. */
    private void scriptsRun(Recipe recipe) {
        for (FileEntry file : recipe.files()) {
            if (file.content() instanceof Content.Text text
                    && text.text().startsWith("#!")
                    && firstLineEndsWithReturn(text.text())) {
                problems.accept("file " + file.path() + " of " + recipe.name() + RETURN);
            }
        }
        for (Secret secret : recipe.secrets()) {
            if (firstLineEndsWithReturn(secret.check())) {
                problems.accept("the check of secret " + secret.name() + " of " + recipe.name() + RETURN);
            }
        }
        for (FirstBootStep step : recipe.steps()) {
            if (firstLineEndsWithReturn(step.script())) {
                problems.accept("the script of step " + step.name() + " of " + recipe.name() + RETURN);
            }
        }
    }

    private static boolean firstLineEndsWithReturn(String text) {
        int end = text.indexOf('\n');
        return end > 0 && text.charAt(end - 1) == '\r';
    }
}
