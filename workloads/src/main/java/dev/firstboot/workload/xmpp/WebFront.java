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

    private static final Directive ANY_ADDRESS_80 = Directive.of("listen", HTTP, "default_server");

    private final DomainName domain;
    private final ByteSize uploadLimit;
    private final Release release;

    WebFront(Settings settings, Release release) {
        this.domain = settings.domain();
        this.uploadLimit = settings.uploadLimit();
        this.release = release;
    }

    /**
     * A path that is handed on to ejabberd.
     *
     * @param path the path, and unless {@code exact} all that is below it
     * @param port the port on loopback that speaks plain HTTP
     */
    record Route(String path, boolean exact, int port, List<Directive> extra) {
        Route {
            extra = List.copyOf(extra);
        }

        Directive directive() {
            List<Directive> inside = new ArrayList<>();
            inside.add(Directive.of("proxy_pass", "http://" + Settings.LOOPBACK + ":" + port));
            inside.addAll(extra);
            return (exact ? Directive.of("location", "=", path) : Directive.of("location", path)).with(inside);
        }
    }

    List<Route> routes() {
        return List.of(
                new Route(
                        "/ws",
                        true,
                        Listeners.HTTP,
                        List.of(
                                Directive.of("proxy_set_header", "Upgrade", "$http_upgrade"),
                                Directive.of("proxy_set_header", "Connection", "$xmpp_connection"),
                                Directive.of("proxy_read_timeout", "1h"),
                                Directive.of("proxy_send_timeout", "1h"),
                                Directive.of("proxy_buffering", "off"))),
                new Route(
                        "/bosh",
                        true,
                        Listeners.HTTP,
                        List.of(Directive.of("proxy_read_timeout", "5m"), Directive.of("proxy_buffering", "off"))),
                new Route("/admin", false, Listeners.HTTP, List.of()),
                new Route("/api/", false, Listeners.HTTP, List.of()),
                new Route(
                        "/upload/",
                        false,
                        Listeners.HTTP,
                        List.of(
                                Directive.of("client_max_body_size", uploadLimit.bytes()),
                                Directive.of("proxy_request_buffering", "off"))),
                new Route("/.well-known/host-meta", true, Listeners.HTTP, List.of()),
                new Route("/.well-known/host-meta.json", true, Listeners.HTTP, List.of()));
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
                .addPort(Port.tcp(HTTPS, "WebSocket, BOSH, console, API, upload"))
                .addUnit(Sandboxes.nginx(Unit.dropIn("nginx.service", "xmpp")
                        .set("Service", "Restart", "on-failure")
                        .set("Service", "RestartSec", "5")));
    }

    List<Directive> site() {
        return List.of(
                Directive.of("map", "$http_upgrade", "$xmpp_connection")
                        .with(Directive.of("default", "upgrade"), Directive.of("", "")),
                redirect(),
                tls());
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
                Directive.of("add_header", "Strict-Transport-Security", "max-age=31536000", "always"),
                Directive.of("proxy_http_version", "1.1"),
                Directive.of("location", "/").with(Directive.of("return", 404))));
        routes().forEach(route -> inside.add(withHeaders(route).directive()));
        return Directive.of("server").with(inside);
    }

    /** A location that sets one header inherits none, so each says them all. */
    private static Route withHeaders(Route route) {
        List<Directive> extra = new ArrayList<>(List.of(
                Directive.of("proxy_set_header", "Host", "$host"),
                // The address as NGINX sees it; what a client claims of itself is dropped.
                Directive.of("proxy_set_header", "X-Forwarded-For", "$remote_addr"),
                Directive.of("proxy_set_header", "X-Forwarded-Proto", "https")));
        extra.addAll(route.extra());
        return new Route(route.path(), route.exact(), route.port(), extra);
    }
}
