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

    /** The site of the domain, which has console and API for the networks that the owner names; the same as it was unless there are some. */
    Site onDomain(Site site) {
        if (settings.console().isEmpty()) {
            return site;
        }
        List<Directive> admission = new ArrayList<>();
        settings.console().forEach(network -> admission.add(Directive.of("allow", network)));
        admission.add(Directive.of("deny", "all"));
        return routed(site, admission);
    }

    /** The site for the machine itself. A name that leads here is no reason to answer to it. */
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
