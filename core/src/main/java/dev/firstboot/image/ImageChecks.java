package dev.firstboot.image;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Finds conflicts among the recipes of one image. */
final class ImageChecks {
    private final List<Recipe> recipes;
    private final List<String> problems = new ArrayList<>();

    private ImageChecks(List<Recipe> recipes) {
        this.recipes = recipes;
    }

    /** Returns one sentence per problem, in a stable order. */
    static List<String> problems(List<Recipe> recipes, String zfsVersion) {
        ImageChecks checks = new ImageChecks(recipes);
        checks.noTwoClaims();
        recipes.forEach(checks::usersAreTheirOwn);
        recipes.forEach(checks::secretsAreDeclared);
        PathChecks.check(recipes, checks.problems::add);
        DatasetChecks.check(recipes, zfsVersion, checks.problems::add);
        UnitChecks.check(recipes, checks.problems::add);
        OrderChecks.check(recipes, checks.problems::add);
        recipes.forEach(checks::probesHavePorts);
        return List.copyOf(checks.problems);
    }

    private void noTwoClaims() {
        recipeNamesAreDistinct();
        claimedOnce("port", recipe -> recipe.ports().stream().map(Port::toString));
        claimedOnce(
                "file",
                recipe -> Stream.concat(
                                recipe.files().stream().map(FileEntry::path),
                                recipe.downloads().stream().map(Download::path))
                        .map(path -> SystemPlaces.real(path).value()));
        claimedOnce("user", recipe -> recipe.users().stream().map(User::name));
        claimedOnce("dataset", recipe -> recipe.datasets().stream().map(DatasetSpec::name));
        claimedOnce(
                "mount point",
                recipe -> recipe.datasets().stream().map(d -> d.mountpoint().value()));
        claimedOnce(
                "unit file",
                recipe -> recipe.units().stream()
                        .filter(unit -> !unit.settings().isEmpty())
                        .map(unit -> unit.dropIn().isEmpty() ? unit.name() : unit.name() + ".d/" + unit.dropIn()));
        claimedOnce("package source", recipe -> recipe.sources().stream().map(PackageSource::name));
        for (Recipe recipe : recipes) {
            distinct(recipe, "secret", recipe.secrets().stream().map(Secret::name));
            distinct(recipe, "first-boot step", recipe.steps().stream().map(FirstBootStep::name));
            distinct(recipe, "probe", recipe.probes().stream().map(Probe::name));
        }
    }

    private void recipeNamesAreDistinct() {
        Set<String> seen = new HashSet<>();
        recipes.stream()
                .map(Recipe::name)
                .filter(name -> !seen.add(name))
                .forEach(name ->
                        problems.add("two workloads have a recipe named " + name + ": give each a name of its own"));
    }

    private void claimedOnce(String kind, Function<Recipe, Stream<String>> claimed) {
        Claims claims = claims();
        recipes.forEach(
                recipe -> claimed.apply(recipe).forEach(claim -> claims.claim(kind + " " + claim, recipe.name())));
    }

    private void distinct(Recipe recipe, String kind, Stream<String> names) {
        Claims claims = claims();
        names.forEach(name -> claims.claim(kind + " " + name, recipe.name()));
    }

    private Claims claims() {
        return new Claims("is declared twice by", problems::add);
    }

    private void secretsAreDeclared(Recipe recipe) {
        Set<String> declared =
                new HashSet<>(recipe.secrets().stream().map(Secret::name).toList());
        for (FileEntry file : recipe.files()) {
            if (file.content() instanceof Template template) {
                template.parts().stream()
                        .filter(Template.SecretValue.class::isInstance)
                        .map(part -> ((Template.SecretValue) part).secret())
                        .filter(secret -> !declared.contains(secret))
                        .forEach(secret -> problems.add("template " + file.path() + " of " + recipe.name()
                                + " uses secret " + secret + ", which the recipe does not declare"));
            }
        }
    }

    private void usersAreTheirOwn(Recipe recipe) {
        if (recipe.users().stream().anyMatch(user -> user.name().equals("root"))) {
            problems.add("user root of " + recipe.name()
                    + " is the administrator of every machine; declare a user of the workload's own");
        }
    }

    private void probesHavePorts(Recipe recipe) {
        Set<Integer> listening = new HashSet<>(recipes.stream()
                .flatMap(r -> r.ports().stream())
                .filter(port -> port.protocol() == Port.Protocol.TCP)
                .map(Port::number)
                .toList());
        for (Probe probe : recipe.probes()) {
            int port = probe instanceof Probe.Tls tls ? tls.port() : probe instanceof Probe.Http http ? port(http) : 0;
            if (port != 0 && !listening.contains(port)) {
                problems.add("probe " + probe.name() + " of " + recipe.name() + " asks port " + port
                        + "/tcp, on which no workload says that it listens");
            }
        }
    }

    private static int port(Probe.Http http) {
        int port = http.url().getPort();
        return port != -1 ? port : "https".equals(http.url().getScheme()) ? 443 : 80;
    }
}
