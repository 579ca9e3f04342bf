package dev.firstboot.workload.xmpp;

import dev.firstboot.image.DomainName;
import dev.firstboot.image.Port;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Directive;
import java.util.ArrayList;
import java.util.List;

/** NGINX: TLS on 443 before ejabberd's plain HTTP on loopback, and on 80 nothing but the way there. Who asks for another name is told so. */
final class WebFront {
    static final int HTTP = 80;
    static final int HTTPS = 443;

    static final Directive STRICT_TRANSPORT =
            Directive.of("add_header", "Strict-Transport-Security", "max-age=31536000", "always");

    private final Settings settings;
    private final Servers servers;
    private final Console console;
    private final Uploads uploads;

    WebFront(Settings settings, Release release) {
        this.settings = settings;
        this.servers = new Servers(release);
        this.console = new Console(settings, release);
        this.uploads = new Uploads(settings);
    }

    /** What is handed on to ejabberd under the domain's own name. */
    private List<Route> routes() {
        List<Route> routes = new ArrayList<>(List.of(
                Route.exactly(
                        "/ws",
                        Listeners.HTTP,
                        Directive.of("proxy_set_header", "Upgrade", "$http_upgrade"),
                        Directive.of("proxy_set_header", "Connection", "$xmpp_connection"),
                        Directive.of("proxy_read_timeout", "1h"),
                        Directive.of("proxy_send_timeout", "1h"),
                        Directive.of("proxy_buffering", "off")),
                Route.exactly(
                        "/bosh",
                        Listeners.HTTP,
                        Directive.of("proxy_read_timeout", "5m"),
                        Directive.of("proxy_buffering", "off")),
                Route.exactly("/.well-known/host-meta", Listeners.HTTP),
                Route.exactly("/.well-known/host-meta.json", Listeners.HTTP)));
        routes.addAll(console.publicRoutes());
        return routes;
    }

    /** All that is handed on, under whichever name and at whichever door. */
    List<Route> allRoutes() {
        List<Route> routes = new ArrayList<>(routes());
        routes.addAll(uploads.routes());
        routes.addAll(console.routes());
        return routes;
    }

    /** Every name it answers to; the other sub-domains are for services, not for browsers. */
    List<DomainName> names() {
        return List.of(settings.domain(), settings.upload());
    }

    void addTo(Recipe.Builder recipe) {
        NginxConf.addTo(recipe, site());
        recipe.addPort(Port.tcp(HTTP, "redirect to HTTPS"))
                .addPort(Port.tcp(HTTPS, "WebSocket, BOSH, upload" + console.exposure()))
                .addPort(Port.tcp(Console.PORT, "console and API").loopback());
    }

    private List<Directive> site() {
        List<Directive> site = new ArrayList<>();
        site.add(Directive.of("map", "$http_upgrade", "$xmpp_connection")
                .with(Directive.of("default", "upgrade"), Directive.of("", "")));
        site.addAll(Guesses.zones());
        site.addAll(console.maps());
        site.addAll(uploads.maps());
        site.addAll(servers.plain(HTTP, names(), List.of(Directive.of("return", 301, "https://$host$request_uri"))));
        site.add(servers.tlsOfOthers(HTTPS));
        site.add(servers.tls(HTTPS, settings.domain(), sections(List.of(STRICT_TRANSPORT), routes())));
        List<Directive> headers = new ArrayList<>(uploads.headers());
        headers.add(STRICT_TRANSPORT);
        site.add(servers.tls(HTTPS, settings.upload(), sections(headers, uploads.routes())));
        site.addAll(console.servers(servers));
        return site;
    }

    /** What a server says with every answer, what it hands on, and that there is nothing else. */
    static List<Directive> sections(List<Directive> headers, List<Route> routes) {
        List<Directive> inside = new ArrayList<>(headers);
        inside.add(Directive.of("proxy_http_version", "1.1"));
        inside.add(Directive.of("location", "/").with(Directive.of("return", 404)));
        routes.forEach(route -> inside.add(route.directive()));
        return inside;
    }
}
