package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Directive;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The administrator's console and the HTTP API: on a port of NGINX that only the machine itself reaches, and on 443 for the networks that the owner names.
 * Both doors turn away what another site's page makes a browser send.
 */
final class Console {
    /** NGINX, for whoever is on the machine. */
    static final int PORT = 5281;

    private static final String FOREIGN_SITE = "$xmpp_foreign_site";
    private static final String FOREIGN_ORIGIN = "$xmpp_foreign_origin";

    private final Settings settings;
    private final Release release;

    Console(Settings settings, Release release) {
        this.settings = settings;
        this.release = release;
    }

    /** In ejabberd up to 26.04 every key of JSON becomes an atom, before anybody is asked for a password: whoever reaches the API can end the server. */
    static boolean hasApi(Release release) {
        return release.compareTo(Release.DEBIAN_13) >= 0;
    }

    /** What is handed on to ejabberd, at either door. */
    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(guarded(Route.below("/admin", Listeners.CONSOLE)));
        if (hasApi(release)) {
            routes.add(guarded(Route.below("/api/", Listeners.CONSOLE)));
        }
        return routes;
    }

    /** The same for the networks that the owner names; none unless there are some. */
    List<Route> publicRoutes() {
        if (settings.console().isEmpty()) {
            return List.of();
        }
        List<Directive> admission = new ArrayList<>();
        settings.console().forEach(network -> admission.add(Directive.of("allow", network)));
        admission.add(Directive.of("deny", "all"));
        admission.add(WebFront.STRICT_TRANSPORT);
        return routes().stream().map(route -> route.with(admission)).toList();
    }

    /** What a port's purpose says of it in plan and manifest: for whom it is there; nothing unless there are some. */
    String exposure() {
        return settings.console().isEmpty()
                ? ""
                : settings.console().stream()
                        .map(Network::toString)
                        .collect(Collectors.joining(", ", ", console for ", ""));
    }

    /**
     * Who asks, as browsers tell it: a site in {@code Sec-Fetch-Site} (Fetch Metadata), an origin in {@code Origin} (RFC 6454). Programs
     * tell neither.
     */
    List<Directive> maps() {
        return List.of(
                Directive.of("map", "$http_sec_fetch_site", FOREIGN_SITE)
                        .with(
                                Directive.of("default", 1),
                                Directive.of("", 0),
                                Directive.of("none", 0),
                                Directive.of("same-origin", 0)),
                Directive.of("map", "$scheme://$http_host $http_origin", FOREIGN_ORIGIN)
                        .with(
                                Directive.of("default", 1),
                                Directive.of("~^[^ ]+ $", 0),
                                Directive.of("~*^(?<xmpp_own>[^ ]+) (?P=xmpp_own)$", 0)));
    }

    /** The port on loopback. A name that leads here is no reason to answer to it. */
    List<Directive> servers(Servers servers) {
        return servers.plain(
                Settings.LOOPBACK + ":" + PORT,
                List.of("localhost", Settings.LOOPBACK, settings.domain()),
                WebFront.sections(List.of(), routes()));
    }

    private static Route guarded(Route route) {
        return route.with(Guesses.limits())
                .with(List.of(
                        Directive.of("if", "(" + FOREIGN_SITE + ")").with(Directive.of("return", 403)),
                        Directive.of("if", "(" + FOREIGN_ORIGIN + ")").with(Directive.of("return", 403)),
                        Directive.of("proxy_hide_header", "Access-Control-Allow-Origin"),
                        Directive.of("add_header", "X-Frame-Options", "DENY", "always"),
                        Directive.of("add_header", "Content-Security-Policy", "frame-ancestors 'none'", "always"),
                        Directive.of("add_header", "X-Content-Type-Options", "nosniff", "always")));
    }
}
