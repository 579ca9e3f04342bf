package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Content;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Template;
import dev.firstboot.image.Unit;
import dev.firstboot.image.UnixPath;
import dev.firstboot.plan.Configure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks that everything that recipes have a machine run, and what their probes trust, exists in the finished tree. */
final class Programs {
    private static final List<String> PATH =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    /** What machines create themselves, including programs. */
    private static final Pattern STATE = Pattern.compile("/(run|tmp|var/lib|var/cache|var/tmp)/.*");

    /** From the package ssl-cert; each machine generates its own. */
    private static final String SNAKEOIL = "/etc/ssl/certs/ssl-cert-snakeoil.pem";

    private static final Pattern INTERPRETER = Pattern.compile("#![ \\t]*(\\S+)(?:[ \\t]+(\\S+))?.*");
    /** The first word of a command, after the prefixes that systemd.service(5) allows. */
    private static final Pattern COMMAND = Pattern.compile("([-@:+!|]*)(?:\"([^\"]*)\"|'([^']*)'|(\\S+)).*");
    /** The settings of systemd.service(5) that contain commands; others begin with Exec too. */
    private static final Set<String> COMMANDS = Set.of(
            "ExecStart", "ExecStartPre", "ExecStartPost", "ExecCondition", "ExecReload", "ExecStop", "ExecStopPost");

    /** With one of these, the program is looked up elsewhere. */
    private static final Set<String> ELSEWHERE = Set.of("RootDirectory", "RootImage", "ExecSearchPath");

    private final Layout layout;
    /** What the machine writes before anything of a recipe runs. */
    private final Set<String> written = new HashSet<>();

    private final List<String> problems = new ArrayList<>();

    private Programs(Configure image, Layout layout) {
        this.layout = layout;
        image.recipes().stream()
                .flatMap(recipe -> recipe.files().stream())
                .filter(file -> file.content() instanceof Template)
                .forEach(file -> written.add(layout.tree().resolve(file.path().value())));
    }

    /**
     * Checks all recipes.
     *
     * @throws LayoutException naming everything that should run but does not exist
     */
    static void check(Configure image, Layout layout) {
        Programs programs = new Programs(image, layout);
        image.recipes().forEach(programs::check);
        if (!programs.problems.isEmpty()) {
            throw new LayoutException(String.join("\n", programs.problems)
                    + "\nadd the package that has it, or the file to the recipe, or correct the name");
        }
    }

    private void check(Recipe recipe) {
        String of = " of " + recipe.name();
        for (Probe probe : recipe.probes()) {
            if (probe instanceof Probe.Command command) {
                require(command.argv().get(0), "probe " + probe.name() + of);
            } else {
                require(probe instanceof Probe.Tls ? "openssl" : "curl", "probe " + probe.name() + of);
                trusted(probe).ifPresent(file -> requireTrusted(recipe, file, "probe " + probe.name() + of));
            }
        }
        for (FirstBootStep step : recipe.steps()) {
            interpreter(step.script(), "first-boot step " + step.name() + of);
        }
        recipe.secrets().stream()
                .filter(secret -> !secret.check().isEmpty())
                .forEach(secret -> interpreter(secret.check(), "the check of secret " + secret.name() + of));
        for (FileEntry file : recipe.files()) {
            if (file.content() instanceof Content.Text text && (file.mode().bits() & 0111) != 0) {
                interpreter(text.text(), "file " + file.path() + of);
            }
        }
        recipe.units().forEach(unit -> commands(unit, "unit " + unit.name() + of));
    }

    /** Returns the file of certificates that the probe trusts; none for plain HTTP. */
    private static Optional<UnixPath> trusted(Probe probe) {
        if (probe instanceof Probe.Tls tls) {
            return Optional.of(tls.trust());
        }
        return probe instanceof Probe.Http http && "https".equals(http.url().getScheme())
                ? Optional.of(http.trust())
                : Optional.empty();
    }

    private void requireTrusted(Recipe recipe, UnixPath file, String whose) {
        Optional<Layout.Place> place = layout.find(file.value());
        boolean made = isMadeByTheMachine(file.value())
                || file.value().equals(SNAKEOIL)
                || recipe.steps().stream().anyMatch(step -> step.script().contains(file.value()));
        if (place.isPresent() ? place.get().directory() : !made) {
            problems.add(whose + " trusts the certificates in " + file + ", which "
                    + (place.isPresent() ? "is a directory" : "the image does not have"));
        }
    }

    private boolean isMadeByTheMachine(String path) {
        return STATE.matcher(path).matches() || written.contains(layout.tree().resolve(path));
    }

    private void interpreter(String script, String whose) {
        Matcher line = INTERPRETER.matcher(script.lines().findFirst().orElse(""));
        if (line.matches()) {
            require(line.group(1), whose);
            if (line.group(1).endsWith("/env")
                    && line.group(2) != null
                    && line.group(2).matches("[^-=][^=]*")) {
                require(line.group(2), whose);
            }
        }
    }

    private void commands(Unit unit, String whose) {
        if (unit.settings().stream().anyMatch(setting -> ELSEWHERE.contains(setting.key()))) {
            return;
        }
        for (Unit.Setting setting : unit.settings()) {
            Matcher command = COMMAND.matcher(setting.value());
            if (COMMANDS.contains(setting.key())
                    && setting.section().equals("Service")
                    && command.matches()
                    && !command.group(1).contains("-")) {
                String word = command.group(2) != null
                        ? command.group(2)
                        : command.group(3) != null ? command.group(3) : command.group(4);
                require(word, whose);
            }
        }
    }

    private void require(String program, String whose) {
        // Only the machine knows the value of a specifier or a variable.
        if (program.matches(".*[%$\\\\].*")) {
            return;
        }
        List<String> places = program.startsWith("/")
                ? List.of(program)
                : PATH.stream().map(directory -> directory + "/" + program).toList();
        if (places.stream().anyMatch(this::canRun)) {
            return;
        }
        boolean there = places.stream().anyMatch(place -> layout.find(place).isPresent());
        problems.add(whose + " runs " + program + ", which "
                + (there
                        ? "is no program: it is a directory, or its mode lets nobody execute it"
                        : "the image does not have"));
    }

    private boolean canRun(String path) {
        return layout.find(path).map(Layout.Place::isProgram).orElseGet(() -> isMadeByTheMachine(path));
    }
}
