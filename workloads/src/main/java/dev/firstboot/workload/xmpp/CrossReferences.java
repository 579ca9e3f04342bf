package dev.firstboot.workload.xmpp;

import dev.firstboot.image.DomainName;
import dev.firstboot.workload.config.Yaml;
import dev.firstboot.workload.nginx.Site;
import dev.firstboot.workload.postgresql.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks references from one file to another before either is baked. */
final class CrossReferences {
    /** Names that have a meaning without a definition. */
    private static final Set<String> BUILT_IN = new TreeSet<>(Set.of("all", "none"));

    private CrossReferences() {}

    /** Returns one sentence for each dangling reference, in a stable order. */
    static List<String> problems(
            Settings settings, Yaml.Mapping config, List<Listener> listeners, List<Site> sites, Database database) {
        List<String> problems = new ArrayList<>();
        namesAreDefined(config, problems);
        sites.stream()
                .flatMap(site -> site.routes().stream())
                .forEach(location -> hasListener(location, listeners, problems));
        namesAreCertified(settings, config, problems);
        databaseIsItsOwn(config, database, problems);
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

    private static void hasListener(Site.Location location, List<Listener> listeners, List<String> problems) {
        String path = location.path();
        int port = location.route().port();
        Optional<Listener> target = listeners.stream()
                .filter(listener -> listener.port().number() == port)
                .findFirst();
        if (target.isEmpty()) {
            problems.add("NGINX hands " + path + " to port " + port + ", where nothing listens");
        } else if (!target.get().isHttp() || target.get().tls()) {
            problems.add(
                    "NGINX speaks plain HTTP to port " + port + " for " + path + ", but the listener there does not");
        } else if (target.get().paths().stream().noneMatch(handled -> handled.equals(trimmed(path)))) {
            problems.add("NGINX hands " + path + " to port " + port + ", whose listener handles only "
                    + target.get().paths());
        }
    }

    private static String trimmed(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static void namesAreCertified(Settings settings, Yaml.Mapping config, List<String> problems) {
        Set<String> served = new TreeSet<>();
        texts(config.get("hosts")).forEach(served::add);
        if (config.get("modules") instanceof Yaml.Mapping modules) {
            modules.entries().stream()
                    .map(Yaml.Mapping.Entry::value)
                    .filter(Yaml.Mapping.class::isInstance)
                    .map(module -> ((Yaml.Mapping) module).get("host"))
                    .flatMap(host -> texts(host).stream())
                    .forEach(served::add);
        }
        settings.certificate().covered().stream().map(DomainName::value).forEach(served::remove);
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

    private static void databaseIsItsOwn(Yaml.Mapping config, Database database, List<String> problems) {
        String name = String.join("", texts(config.get("sql_database")));
        String user = String.join("", texts(config.get("sql_username")));
        if (!database.name().equals(name) || !database.owner().equals(user)) {
            problems.add("ejabberd connects to database " + name + " as " + user + ", but what it needs is "
                    + database.name() + " of " + database.owner());
        }
    }
}
