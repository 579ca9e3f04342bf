package dev.firstboot.workload.xmpp;

import dev.firstboot.image.DomainName;
import dev.firstboot.workload.config.HbaRule;
import dev.firstboot.workload.config.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What one file says of another, checked before either is baked. */
final class CrossReferences {
    /** Names that mean something without being defined. */
    private static final Set<String> BUILT_IN = new TreeSet<>(Set.of("all", "none"));

    private CrossReferences() {}

    /** One sentence for each reference that leads nowhere, in a stable order. */
    static List<String> problems(
            Settings settings, Yaml.Mapping config, List<Listener> listeners, WebFront web, List<HbaRule> rules) {
        List<String> problems = new ArrayList<>();
        namesAreDefined(config, problems);
        routesHaveListeners(web.allRoutes(), listeners, problems);
        namesAreCertified(settings, config, web, problems);
        databaseAdmits(config, rules, problems);
        return problems;
    }

    private static void namesAreDefined(Yaml.Mapping config, List<String> problems) {
        config.references()
                .distinct()
                .filter(reference -> !BUILT_IN.contains(reference.name()))
                .filter(reference -> !(config.get(reference.kind()) instanceof Yaml.Mapping defined
                        && defined.keys().contains(reference.name())))
                .forEach(reference ->
                        problems.add("'" + reference.name() + "' is used but not defined under " + reference.kind()));
    }

    private static void routesHaveListeners(List<Route> routes, List<Listener> listeners, List<String> problems) {
        for (Route route : routes) {
            Optional<Listener> target = listeners.stream()
                    .filter(listener -> listener.port().number() == route.port())
                    .findFirst();
            if (target.isEmpty()) {
                problems.add("NGINX hands " + route.path() + " to port " + route.port() + ", where nothing listens");
            } else if (!target.get().isHttp() || target.get().tls()) {
                problems.add("NGINX speaks plain HTTP to port " + route.port() + " for " + route.path()
                        + ", but the listener there does not");
            } else if (target.get().paths().stream().noneMatch(path -> path.equals(trimmed(route.path())))) {
                problems.add("NGINX hands " + route.path() + " to port " + route.port()
                        + ", whose listener handles only " + target.get().paths());
            }
        }
    }

    private static String trimmed(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static void namesAreCertified(Settings settings, Yaml.Mapping config, WebFront web, List<String> problems) {
        Set<String> served = new TreeSet<>();
        web.names().stream().map(DomainName::value).forEach(served::add);
        texts(config.get("hosts")).forEach(served::add);
        if (config.get("modules") instanceof Yaml.Mapping modules) {
            modules.entries().stream()
                    .map(Yaml.Mapping.Entry::value)
                    .filter(Yaml.Mapping.class::isInstance)
                    .map(module -> ((Yaml.Mapping) module).get("host"))
                    .flatMap(host -> texts(host).stream())
                    .forEach(served::add);
        }
        settings.served().stream().map(DomainName::value).forEach(served::remove);
        served.forEach(name -> problems.add("the certificate does not cover " + name));
    }

    private static List<String> texts(Yaml value) {
        if (value instanceof Yaml.Text text) {
            return List.of(text.value());
        }
        return value instanceof Yaml.Sequence sequence
                ? sequence.items().stream()
                        .flatMap(item -> texts(item).stream())
                        .toList()
                : List.of();
    }

    private static void databaseAdmits(Yaml.Mapping config, List<HbaRule> rules, List<String> problems) {
        String database = String.join("", texts(config.get("sql_database")));
        String user = String.join("", texts(config.get("sql_username")));
        String address = String.join("", texts(config.get("sql_server"))) + "/32";
        if (rules.stream().noneMatch(rule -> rule.admits(database, user, address))) {
            problems.add("no line of pg_hba.conf lets " + user + " connect to " + database + " from " + address);
        }
    }
}
