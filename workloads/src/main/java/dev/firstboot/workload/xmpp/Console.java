package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Directive;
import dev.firstboot.workload.nginx.Nginx;
import dev.firstboot.workload.nginx.Route;
import dev.firstboot.workload.nginx.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The administration console and the HTTP API: on an NGINX port that only the machine itself can reach, and on 443 for the networks that the owner
 * names. Both reject requests that another site's page makes a browser send.
 */
final class Console {
    /** The NGINX port for users of the machine itself. */
    static final int PORT = 5281;

    private static final String FOREIGN_SITE = "$xmpp_foreign_site";
    private static final String FOREIGN_ORIGIN = "$xmpp_foreign_origin";

    private final Settings settings;
    private final Release release;

    Console(Settings settings, Release release) {
        this.settings = settings;
        this.release = release;
    }

    /**
     * Returns whether the release has the API. In ejabberd up to 26.04 every JSON key becomes an atom, before a password is checked: anyone who
     * reaches the API can crash the server.
     */
    static boolean hasApi(Release release) {
        return release.compareTo(Release.DEBIAN_13) >= 0;
    }

    /** Returns the domain's site, with console and API for the networks that the owner names; unchanged if there are none. */
    Site onDomain(Site site) {
        if (settings.console().isEmpty()) {
            return site;
        }
        List<Directive> admission = new ArrayList<>();
        settings.console().forEach(network -> admission.add(Directive.of("allow", network)));
        admission.add(Directive.of("deny", "all"));
        return routed(site, admission);
    }

    /** Returns the site for the machine itself. It does not answer to every name that resolves here. */
    Site onLoopback() {
        Site site = Nginx.loopback(
                        PORT, "localhost", Settings.LOOPBACK, settings.domain().value())
                .purpose("console and API")
                .shared(maps());
        return routed(site, List.of());
    }

    private Site routed(Site site, List<Directive> admission) {
        Site admin = site.route("/admin", guarded(admission));
        return hasApi(release) ? admin.route("/api/", guarded(admission)) : admin;
    }

    /** Returns the networks with access, for a port's purpose in plan and manifest; empty if there are none. */
    String exposure() {
        return settings.console().isEmpty()
                ? ""
                : settings.console().stream()
                        .map(Network::toString)
                        .collect(Collectors.joining(", ", ", console for ", ""));
    }

    /**
     * Returns maps of the requester as browsers report it: a site in {@code Sec-Fetch-Site} (Fetch Metadata), an origin in {@code Origin} (RFC 6454).
     * Other programs send neither.
     */
    private static Directive[] maps() {
        return new Directive[] {
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
                            Directive.of("~*^(?<xmpp_own>[^ ]+) (?P=xmpp_own)$", 0))
        };
    }

    private static Route guarded(List<Directive> admission) {
        return Route.proxy(Listeners.CONSOLE)
                .with(Guesses.limits())
                .with(
                        Directive.of("if", "(" + FOREIGN_SITE + ")").with(Directive.of("return", 403)),
                        Directive.of("if", "(" + FOREIGN_ORIGIN + ")").with(Directive.of("return", 403)),
                        Directive.of("proxy_hide_header", "Access-Control-Allow-Origin"))
                .header("X-Frame-Options", "DENY")
                .header("Content-Security-Policy", "frame-ancestors 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .with(admission);
    }
}
