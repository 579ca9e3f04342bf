package dev.firstboot.workload.xmpp;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.DomainName;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Port;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.Directive;
import java.util.ArrayList;
import java.util.List;

/** NGINX: TLS on 443 before ejabberd's plain HTTP on loopback, and on 80 nothing but the way there. */
final class WebFront {
    static final int HTTP = 80;
    static final int HTTPS = 443;

    static final Directive STRICT_TRANSPORT =
            Directive.of("add_header", "Strict-Transport-Security", "max-age=31536000", "always");

    private static final Directive ANY_ADDRESS_80 = Directive.of("listen", HTTP, "default_server");

    private final DomainName domain;
    private final ByteSize uploadLimit;
    private final Release release;
    private final Console console;

    WebFront(Settings settings, Release release) {
        this.domain = settings.domain();
        this.uploadLimit = settings.uploadLimit();
        this.release = release;
        this.console = new Console(settings, release);
    }

    /** What is handed on to ejabberd. */
    List<Route> routes() {
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
                Route.below(
                        "/upload/",
                        Listeners.HTTP,
                        Directive.of("client_max_body_size", uploadLimit.bytes()),
                        Directive.of("proxy_request_buffering", "off")),
                Route.exactly("/.well-known/host-meta", Listeners.HTTP),
                Route.exactly("/.well-known/host-meta.json", Listeners.HTTP)));
        routes.addAll(console.publicRoutes());
        return routes;
    }

    /** All that is handed on, at whichever door. */
    List<Route> allRoutes() {
        List<Route> routes = new ArrayList<>(routes());
        routes.addAll(console.routes());
        return routes;
    }

    /** Every name it answers to on 443; the sub-domains are for services, not for browsers. */
    List<DomainName> names() {
        return List.of(domain);
    }

    void addTo(Recipe.Builder recipe) {
        recipe.addPackage("nginx-light")
                .addRemoval("/etc/nginx/sites-enabled/default")
                .addFile(FileEntry.text("/etc/nginx/conf.d/xmpp.conf", Directive.file(site())))
                .addPort(Port.tcp(HTTP, "redirect to HTTPS"))
                .addPort(Port.tcp(HTTPS, "WebSocket, BOSH, upload"))
                .addPort(Port.tcp(Console.PORT, "console and API").loopback())
                .addUnit(Sandboxes.nginx(Unit.dropIn("nginx.service", "xmpp")
                        .set("Service", "Restart", "on-failure")
                        .set("Service", "RestartSec", "5")));
    }

    List<Directive> site() {
        List<Directive> site = new ArrayList<>();
        site.add(Directive.of("map", "$http_upgrade", "$xmpp_connection")
                .with(Directive.of("default", "upgrade"), Directive.of("", "")));
        site.addAll(console.maps());
        site.add(redirect());
        site.add(tls());
        site.addAll(console.servers());
        return site;
    }

    private Directive redirect() {
        return Directive.of("server")
                .with(
                        ANY_ADDRESS_80,
                        Directive.of("listen", "[::]:" + HTTP, "default_server"),
                        Directive.of("server_name", "_"),
                        Directive.of("server_tokens", "off"),
                        Directive.of("return", 301, "https://" + domain + "$request_uri"));
    }

    private Directive tls() {
        boolean own = release.compareTo(Release.DEBIAN_13) >= 0;
        List<Directive> inside = new ArrayList<>();
        if (own) {
            inside.add(Directive.of("listen", HTTPS, "ssl", "default_server"));
            inside.add(Directive.of("listen", "[::]:" + HTTPS, "ssl", "default_server"));
            inside.add(Directive.of("http2", "on"));
        } else {
            inside.add(Directive.of("listen", HTTPS, "ssl", "http2", "default_server"));
            inside.add(Directive.of("listen", "[::]:" + HTTPS, "ssl", "http2", "default_server"));
        }
        inside.addAll(List.of(
                Directive.of("server_name", names().toArray()),
                Directive.of("server_tokens", "off"),
                Directive.of("ssl_certificate", Certificates.SERVED),
                Directive.of("ssl_certificate_key", Certificates.SERVED),
                Directive.of("ssl_protocols", "TLSv1.2", "TLSv1.3"),
                Directive.of("ssl_ciphers", EjabberdConfig.CIPHERS),
                Directive.of("ssl_session_cache", "shared:xmpp:10m"),
                Directive.of("ssl_session_tickets", "off"),
                STRICT_TRANSPORT,
                Directive.of("proxy_http_version", "1.1"),
                Directive.of("location", "/").with(Directive.of("return", 404))));
        routes().forEach(route -> inside.add(route.directive()));
        return Directive.of("server").with(inside);
    }
}
