package dev.firstboot.workload.nginx;

import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Directive;
import dev.firstboot.workload.tls.Certificate;
import dev.firstboot.workload.tls.Tls;
import java.util.ArrayList;
import java.util.List;

/** NGINX's servers: those of the sites, and on each port one that answers requests for unknown names with 421. */
final class Servers {
    static final Directive STRICT_TRANSPORT = Route.said("Strict-Transport-Security", "max-age=31536000");
    /** The Connection header of a connection that becomes a WebSocket. */
    static final String CONNECTION = "$connection_upgrade";

    static final String UPGRADE = "$websocket_upgrade";

    /** The variables defined here for all sites. */
    static final List<String> VARIABLES = List.of(UPGRADE, CONNECTION);

    private static final Directive MISDIRECTED = Directive.of("return", 421);
    private static final String LOOPBACK = "127.0.0.1:";

    private final Release release;

    Servers(Release release) {
        this.release = release;
    }

    /**
     * Returns what exists once for all sites. Only upgrades to WebSocket are forwarded: after an upgrade NGINX passes everything through, whatever
     * its routes say.
     */
    static List<Directive> upgrades() {
        return List.of(
                Directive.of("map", "$http_upgrade", UPGRADE)
                        .with(Directive.of("default", ""), Directive.of("~*^websocket$", "websocket")),
                Directive.of("map", "$http_upgrade", CONNECTION)
                        .with(Directive.of("default", ""), Directive.of("~*^websocket$", "upgrade")));
    }

    /** Returns the servers for requests with a name of no site. */
    List<Directive> ofOthers(List<Site> sites) {
        List<Directive> servers = new ArrayList<>();
        sites.stream().flatMap(site -> site.certificate().stream()).findFirst().ifPresent(certificate -> {
            servers.add(server(byDefault(plain()), List.of(), List.of("_"), List.of(MISDIRECTED)));
            servers.add(server(byDefault(tls()), secured(certificate), List.of("_"), List.of(MISDIRECTED)));
        });
        sites.stream()
                .map(Site::port)
                .filter(port -> port != 0)
                .distinct()
                .forEach(port -> servers.add(server(
                        byDefault(List.of(Directive.of("listen", LOOPBACK + port))),
                        List.of(),
                        List.of("_"),
                        List.of(MISDIRECTED))));
        return servers;
    }

    /** Returns the servers of a site. */
    List<Directive> of(Site site) {
        List<Directive> inside = sections(site);
        if (site.certificate().isEmpty()) {
            return List.of(
                    server(List.of(Directive.of("listen", LOOPBACK + site.port())), List.of(), site.names(), inside));
        }
        return List.of(
                server(
                        plain(),
                        List.of(),
                        site.names(),
                        List.of(Directive.of("return", 301, "https://$host$request_uri"))),
                server(tls(), secured(site.certificate().get()), site.names(), inside));
    }

    /** Returns a server's headers, its routes, and a 404 for everything else. */
    private static List<Directive> sections(Site site) {
        List<Directive> inside = new ArrayList<>(site.inside());
        if (site.certificate().isPresent()) {
            inside.add(STRICT_TRANSPORT);
        }
        inside.add(Directive.of("proxy_http_version", "1.1"));
        if (site.routes().stream()
                .noneMatch(location ->
                        location.path().equals("/") && !location.route().exact())) {
            inside.add(Directive.of("location", "/").with(Directive.of("return", 404)));
        }
        site.routes().forEach(location -> inside.add(location.route().section(location.path(), site.headers())));
        return inside;
    }

    private static List<Directive> plain() {
        return List.of(Directive.of("listen", NginxRecipe.HTTP), Directive.of("listen", "[::]:" + NginxRecipe.HTTP));
    }

    private List<Directive> tls() {
        List<Directive> listen = new ArrayList<>();
        for (String address : List.of(Integer.toString(NginxRecipe.HTTPS), "[::]:" + NginxRecipe.HTTPS)) {
            listen.add(
                    release == Release.DEBIAN_12
                            ? Directive.of("listen", address, "ssl", "http2")
                            : Directive.of("listen", address, "ssl"));
        }
        return listen;
    }

    private List<Directive> secured(Certificate certificate) {
        List<Directive> settings = new ArrayList<>();
        if (release != Release.DEBIAN_12) {
            settings.add(Directive.of("http2", "on"));
        }
        settings.addAll(List.of(
                Directive.of("ssl_certificate", certificate.file()),
                Directive.of("ssl_certificate_key", certificate.file()),
                Directive.of("ssl_protocols", "TLSv1.2", "TLSv1.3"),
                Directive.of("ssl_ciphers", Tls.CIPHERS),
                Directive.of("ssl_session_cache", "shared:tls:10m"),
                Directive.of("ssl_session_tickets", "off")));
        return settings;
    }

    private static List<Directive> byDefault(List<Directive> ports) {
        return ports.stream()
                .map(port -> {
                    List<Object> arguments = new ArrayList<>(port.arguments());
                    arguments.add("default_server");
                    return Directive.of("listen", arguments.toArray());
                })
                .toList();
    }

    private static Directive server(
            List<Directive> ports, List<Directive> settings, List<String> names, List<Directive> inside) {
        return Directive.of("server")
                .with(ports)
                .with(Directive.of("server_name", names.toArray()))
                .with(settings)
                .with(inside);
    }
}
