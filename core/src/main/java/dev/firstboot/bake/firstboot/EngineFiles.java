package dev.firstboot.bake.firstboot;

import dev.firstboot.image.Escape;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.MachinePaths;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Resources;
import dev.firstboot.image.Secret;
import dev.firstboot.image.Template;
import dev.firstboot.plan.Configure;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds the scripts that a machine runs at boot, with the lists that tell them what this image needs. */
final class EngineFiles {
    static final String DIRECTORY = "/usr/lib/firstboot";

    private static final String UNIT_FILES = "units/";
    private static final List<String> SCRIPTS = List.of("firewall", "secrets", "render", "run-step", "stamp", "probe");
    private static final String LIBRARY = "lib.sh";

    private static final List<String> UNIT_RESOURCES = List.of(
            "units/firstboot-firewall.service",
            "units/firstboot-secrets.service",
            "units/firstboot-render.service",
            "units/firstboot-probe.service",
            "units/firstboot-ready.target");

    /** In the order in which they are enabled. */
    static final List<String> UNITS = UNIT_RESOURCES.stream()
            .map(resource -> resource.substring(UNIT_FILES.length()))
            .toList();

    private EngineFiles() {}

    static void layOut(Configure image, Layout layout) {
        SCRIPTS.forEach(script -> layout.text(DIRECTORY + "/" + script, 0755, resource(script)));
        layout.text(DIRECTORY + "/" + LIBRARY, 0644, resource(LIBRARY));
        UNITS.forEach(unit -> layout.text(UnitFiles.ETC + "/" + unit, 0644, resource(UNIT_FILES + unit)));
        layout.text(DIRECTORY + "/image", 0644, image.name() + "\n");
        layout.text(DIRECTORY + "/ports", 0644, lines(image, EngineFiles::ports));
        layout.text(DIRECTORY + "/secrets.list", 0644, lines(image, EngineFiles::secrets));
        layout.text(DIRECTORY + "/probes.list", 0644, lines(image, EngineFiles::probes));
        layout.text(DIRECTORY + "/units", 0644, units(image, Identities.units(layout)));
        for (Recipe recipe : image.recipes()) {
            for (FirstBootStep step : recipe.steps()) {
                layout.text(DIRECTORY + "/steps/" + recipe.name() + "/" + step.name(), 0755, step.script());
            }
            for (Secret secret : recipe.secrets()) {
                if (!secret.check().isEmpty()) {
                    layout.text(DIRECTORY + "/checks/" + recipe.name() + "/" + secret.name(), 0755, secret.check());
                }
            }
            for (Probe probe : recipe.probes()) {
                layout.text(DIRECTORY + "/probes/" + recipe.name() + "/" + probe.name(), 0755, ProbeScript.text(probe));
            }
        }
        layout.directory(MachinePaths.STATE, 0755, 0, 0);
        layout.directory(MachinePaths.SECRETS, 0711, 0, 0);
        layout.directory(MachinePaths.DONE, 0755, 0, 0);
    }

    private static String resource(String name) {
        return Resources.text(EngineFiles.class, name);
    }

    private static String units(Configure image, List<String> identities) {
        return Stream.concat(
                        Stream.concat(
                                Stream.of("firstboot-secrets.service", "firstboot-render.service"),
                                identities.stream()),
                        image.recipes().stream()
                                .flatMap(recipe -> recipe.steps().stream().map(step -> StepUnit.name(recipe, step))))
                .map(unit -> unit + "\n")
                .collect(Collectors.joining());
    }

    private static Stream<String> ports(Recipe recipe) {
        return recipe.ports().stream()
                .map(port -> word(port.protocol()) + " " + port.number() + " " + word(port.exposure()) + " "
                        + port.purpose());
    }

    private static Stream<String> secrets(Recipe recipe) {
        return recipe.secrets().stream()
                .map((Secret secret) -> Stream.of(
                                recipe.name(),
                                secret.name(),
                                word(secret.kind()),
                                secret.length(),
                                secret.group(),
                                form(recipe, secret))
                        .map(Objects::toString)
                        .collect(Collectors.joining(" ")));
    }

    /** Returns what the files made from a secret can contain: any bytes, text, or one line of text. */
    private static String form(Recipe recipe, Secret secret) {
        List<Escape> escapes = recipe.files().stream()
                .filter(file -> file.content() instanceof Template)
                .flatMap(file -> ((Template) file.content()).parts().stream())
                .filter(part -> part instanceof Template.SecretValue value
                        && value.secret().equals(secret.name()))
                .map(part -> ((Template.SecretValue) part).escape())
                .toList();
        return escapes.isEmpty() ? "bytes" : escapes.contains(Escape.NONE) ? "line" : "text";
    }

    private static Stream<String> probes(Recipe recipe) {
        return recipe.probes().stream().map(probe -> recipe.name() + "/" + probe.name());
    }

    private static String lines(Configure image, Function<Recipe, Stream<String>> of) {
        return image.recipes().stream().flatMap(of).map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
