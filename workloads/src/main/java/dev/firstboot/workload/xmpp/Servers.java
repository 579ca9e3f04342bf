package dev.firstboot.workload.xmpp;

import dev.firstboot.image.DomainName;
import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Directive;
import java.util.ArrayList;
import java.util.List;

/** NGINX's servers: of the names that it answers to, and on each port one that tells everybody else that they are wrong there (421). */
final class Servers {
    private static final Directive MISDIRECTED = Directive.of("return", 421);

    private final Release release;

    Servers(Release release) {
        this.release = release;
    }

    /** Plain HTTP on a port of every address. */
    List<Directive> plain(int port, List<DomainName> names, List<Directive> inside) {
        return pair(
                List.of(Directive.of("listen", port), Directive.of("listen", "[::]:" + port)),
                List.of(),
                names,
                inside);
    }

    /** Plain HTTP on an address and port. */
    List<Directive> plain(String address, List<?> names, List<Directive> inside) {
        return pair(List.of(Directive.of("listen", address)), List.of(), names, inside);
    }

    /** TLS on a port of every address, for one name. */
    Directive tls(int port, DomainName name, List<Directive> inside) {
        return server(tlsPort(port), certificate(), List.of(name), inside);
    }

    /** What answers on a TLS port to all other names. */
    Directive tlsOfOthers(int port) {
        return server(byDefault(tlsPort(port)), certificate(), List.of("_"), List.of(MISDIRECTED));
    }

    private static List<Directive> pair(
            List<Directive> ports, List<Directive> settings, List<?> names, List<Directive> inside) {
        return List.of(
                server(byDefault(ports), settings, List.of("_"), List.of(MISDIRECTED)),
                server(ports, settings, names, inside));
    }

    private List<Directive> tlsPort(int port) {
        List<Directive> listen = new ArrayList<>();
        for (String address : List.of(Integer.toString(port), "[::]:" + port)) {
            listen.add(
                    release == Release.DEBIAN_12
                            ? Directive.of("listen", address, "ssl", "http2")
                            : Directive.of("listen", address, "ssl"));
        }
        return listen;
    }

    private List<Directive> certificate() {
        List<Directive> settings = new ArrayList<>();
        if (release != Release.DEBIAN_12) {
            settings.add(Directive.of("http2", "on"));
        }
        settings.addAll(List.of(
                Directive.of("ssl_certificate", Certificates.SERVED),
                Directive.of("ssl_certificate_key", Certificates.SERVED),
                Directive.of("ssl_protocols", "TLSv1.2", "TLSv1.3"),
                Directive.of("ssl_ciphers", EjabberdConfig.CIPHERS),
                Directive.of("ssl_session_cache", "shared:xmpp:10m"),
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
            List<Directive> ports, List<Directive> settings, List<?> names, List<Directive> inside) {
        return Directive.of("server")
                .with(ports)
                .with(Directive.of("server_name", names.toArray()))
                .with(settings)
                .with(inside);
    }
}
