package dev.firstboot.workload.nginx;

import dev.firstboot.image.Claims;
import dev.firstboot.image.DomainName;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.MachinePaths;
import dev.firstboot.image.Port;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Request;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.Directive;
import dev.firstboot.workload.config.Sandbox;
import dev.firstboot.workload.tls.Certificate;
import dev.firstboot.workload.tls.Tls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Collects the sites and renders NGINX's files: a main file that replaces Debian's, whose 768 connections per worker are too few (a WebSocket client
 * takes two for as long as it is online), one file per site, and one for requests for unknown names.
 */
final class NginxRecipe {
    static final String NAME = "nginx";
    static final int HTTP = 80;
    static final int HTTPS = 443;

    private static final String FILE = "/etc/nginx/nginx.conf";
    private static final String SITES = "/etc/nginx/conf.d/";
    private static final String UNIT = "nginx.service";
    private static final String PID = "/run/nginx/nginx.pid";
    /** Directives that may be next to a server, in the block http. */
    private static final Set<String> SHARED =
            new TreeSet<>(Set.of("map", "geo", "split_clients", "limit_req_zone", "limit_conn_zone", "upstream"));

    private static final int CONNECTIONS = 8_192;
    /** Per process, with room for files. Many hosts give a container no more than 20,000. */
    private static final int OPEN_FILES = 16_384;

    private final Release release;
    private final List<Request<Site>> requests;
    private final Recipe.Builder recipe = Recipe.builder(NAME);

    NginxRecipe(Release release, List<Request<Site>> requests) {
        this.release = release;
        this.requests = requests;
    }

    Recipe recipe() {
        noTwoClaims();
        requests.forEach(this::check);
        List<Site> sites = requests.stream().map(Request::need).toList();
        Servers servers = new Servers(release);
        List<Directive> others = new ArrayList<>(Servers.upgrades());
        others.addAll(servers.ofOthers(sites));
        recipe.addPackage("nginx-light")
                .addRemoval("/etc/nginx/sites-enabled/default")
                .addFile(FileEntry.text(FILE, Directive.file(main())))
                .addFile(FileEntry.text(SITES + "others.conf", Directive.file(others)))
                .addUnit(sandboxed(Unit.dropIn(UNIT, "firstboot")
                        // In a directory of its own, because it needs nothing else in /run.
                        .set("Service", "RuntimeDirectory", "nginx")
                        .set("Service", "PIDFile", PID)
                        .set("Service", "ExecStop", "")
                        .set(
                                "Service",
                                "ExecStop",
                                "-/sbin/start-stop-daemon --quiet --stop --retry QUIT/5 --pidfile " + PID)
                        .set("Service", "LimitNOFILE", Integer.toString(OPEN_FILES))
                        .set("Service", "Restart", "on-failure")
                        .set("Service", "RestartSec", "5")));
        for (Site site : sites) {
            List<Directive> file = new ArrayList<>(site.shared());
            file.addAll(servers.of(site));
            recipe.addFile(FileEntry.text(SITES + fileName(site), Directive.file(file)));
            site.certificate().ifPresent(certificate -> recipe.need(certificate.usedBy(UNIT)));
        }
        ports(sites);
        return recipe.build();
    }

    private static String fileName(Site site) {
        return site.names().get(0) + (site.port() == 0 ? "" : "-" + site.port()) + ".conf";
    }

    private void ports(List<Site> sites) {
        String open = sites.stream()
                .filter(site -> site.port() == 0)
                .map(Site::purpose)
                .distinct()
                .collect(Collectors.joining(", "));
        if (!open.isEmpty()) {
            recipe.addPort(Port.tcp(HTTP, "redirect to HTTPS")).addPort(Port.tcp(HTTPS, open));
        }
        Set<Integer> seen = new HashSet<>();
        sites.stream()
                .filter(site -> site.port() != 0 && seen.add(site.port()))
                .forEach(site ->
                        recipe.addPort(Port.tcp(site.port(), site.purpose()).loopback()));
    }

    /** Checks that each name, and each loopback port, belongs to one recipe. */
    private void noTwoClaims() {
        Claims claims = new Claims("is used by two sites of", recipe::addProblem);
        Map<String, String> owners = new HashMap<>();
        Servers.VARIABLES.forEach(variable -> owners.put(variable, "NGINX's own files"));
        for (Request<Site> request : requests) {
            Site site = request.need();
            site.shared().forEach(directive -> own(directive, owners, request.from()));
            if (site.port() == 0) {
                site.names().forEach(name -> claims.claim("host name " + name, request.from()));
            } else {
                claims.claim("port " + site.port() + "/tcp", request.from());
            }
        }
    }

    /** Checks that a variable is defined once: a second definition would silently replace the first. */
    private void own(Directive directive, Map<String, String> owners, String from) {
        if (!SHARED.contains(directive.name())) {
            recipe.addProblem("directive " + directive.name() + " of " + from + " cannot stand beside a server; only "
                    + String.join(", ", SHARED) + " can");
            return;
        }
        defined(directive).ifPresent(name -> {
            String first = owners.putIfAbsent(name, from);
            if (first != null && !first.equals(from)) {
                recipe.addProblem(name + " of " + from + " is defined by " + first + " as well");
            }
        });
    }

    /** Returns what a directive next to the servers defines: the zone, or the variable or name that is its last argument. */
    private static Optional<String> defined(Directive directive) {
        List<String> arguments = directive.arguments();
        return directive.name().endsWith("_zone")
                ? arguments.stream()
                        .filter(argument -> argument.startsWith("zone="))
                        .map(argument -> argument.replaceFirst(":.*", ""))
                        .findFirst()
                : arguments.stream().skip(Math.max(0, arguments.size() - 1L)).findFirst();
    }

    private void check(Request<Site> request) {
        Site site = request.need();
        String whose = "site " + site.names().get(0) + " of " + request.from();
        site.inside().stream()
                .map(Directive::name)
                .filter(Set.of("listen", "server_name", "server", "include")::contains)
                .forEach(name -> recipe.addProblem(
                        whose + " has a directive " + name + ", which would give it names or doors that nobody sees"));
        Set<String> paths = new HashSet<>();
        for (Site.Location location : site.routes()) {
            if (!paths.add((location.route().exact() ? "= " : "") + location.path())) {
                recipe.addProblem(whose + " has two routes for " + location.path());
            }
            int port = location.route().port();
            if (port != 0
                    && request.recipe().ports().stream()
                            .noneMatch(own -> own.number() == port && own.protocol() == Port.Protocol.TCP)) {
                recipe.addProblem(whose + " hands " + location.path() + " on to port " + port
                        + "/tcp, on which the recipe does not say that it listens; addPort(Port.tcp(" + port
                        + ", ...).loopback())");
            }
        }
        site.certificate()
                .ifPresent(certificate -> site.names().stream()
                        .filter(name -> !covers(certificate, name))
                        .forEach(name -> recipe.addProblem(whose + " answers to " + name + ", which the certificate of "
                                + certificate.name() + " does not cover")));
    }

    private static boolean covers(Certificate certificate, String name) {
        return certificate.covered().contains(DomainName.of(name));
    }

    /**
     * Returns the unit in its sandbox. The master stays root: it reads the keys, opens the ports and its workers' logs, and signals the workers,
     * which are {@code www-data}. It sets how many files a worker may open, which needs {@code @resources}.
     */
    private static Unit sandboxed(Unit unit) {
        return Sandbox.strict()
                .sockets("AF_UNIX", "AF_INET", "AF_INET6")
                .capabilities(
                        "CAP_NET_BIND_SERVICE", "CAP_SETUID", "CAP_SETGID", "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_KILL")
                .withoutNewCode()
                .writes("/run/nginx", "/var/lib/nginx", "/var/log/nginx")
                .state("/var/lib/nginx")
                // Not the certificates' directory itself: if it were recreated, NGINX would keep the old one.
                .stateToRead(MachinePaths.STATE)
                .hides(
                        MachinePaths.SECRETS,
                        Tls.AUTHORITY_DIRECTORY,
                        Tls.ACME_DIRECTORY,
                        "/etc/letsencrypt",
                        // Whoever can talk to systemd as root can make it start anything.
                        "/run/systemd/private",
                        "/run/dbus/system_bus_socket")
                .around(unit);
    }

    private static List<Directive> main() {
        return List.of(
                Directive.of("user", "www-data"),
                Directive.of("worker_processes", "auto"),
                Directive.of("pid", PID),
                Directive.of("error_log", "/var/log/nginx/error.log"),
                Directive.of("include", "/etc/nginx/modules-enabled/*.conf"),
                Directive.of("events").with(Directive.of("worker_connections", CONNECTIONS)),
                Directive.of("http")
                        .with(
                                Directive.of("include", "/etc/nginx/mime.types"),
                                Directive.of("default_type", "application/octet-stream"),
                                Directive.of("access_log", "/var/log/nginx/access.log"),
                                Directive.of("sendfile", "on"),
                                Directive.of("tcp_nopush", "on"),
                                Directive.of("server_tokens", "off"),
                                // NGINX does not start if a name is too long for its table; the default is 64 bytes.
                                Directive.of("server_names_hash_bucket_size", 512),
                                Directive.of("include", "/etc/nginx/conf.d/*.conf")));
    }
}
