package dev.firstboot.workload.nginx;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Need;
import dev.firstboot.image.Port;
import dev.firstboot.workload.config.Directive;
import dev.firstboot.workload.tls.Certificate;
import dev.firstboot.workload.tls.Tls;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A need for a web site: its host names and its routes. A path without a route is not found (404). Immutable; each method returns a changed copy.
 *
 * @param names the host names
 * @param port the loopback port on which it is served over plain HTTP; 0 for a public site, on 443 over TLS
 * @param certificate the certificate of a public site
 * @param routes the route of each path, in order
 * @param shared directives next to the server, at the level {@code http}: variables that begin with the recipe's name
 * @param inside directives of the server
 * @param purpose a few words for display, in plan and manifest
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record Site(
        List<String> names,
        int port,
        Optional<Certificate> certificate,
        List<Location> routes,
        List<Directive> shared,
        List<Directive> inside,
        String purpose)
        implements Need<Site> {
    /** It is also part of a file name. */
    private static final int LONGEST = 240;

    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

    public Site {
        names = List.copyOf(Objects.requireNonNull(names, "names"));
        Objects.requireNonNull(certificate, "certificate");
        if (names.isEmpty() || certificate.isPresent() != (port == 0)) {
            throw new IllegalArgumentException(
                    "a site has a name, and a certificate unless it is on a port of loopback: use Nginx.site or Nginx.loopback");
        }
        for (String name : names) {
            if (name.length() > LONGEST || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("site name '" + name + "' is not valid: use a host name of at most "
                        + LONGEST + " characters, in lower case");
            }
        }
        routes = List.copyOf(Objects.requireNonNull(routes, "routes"));
        shared = List.copyOf(Objects.requireNonNull(shared, "shared"));
        inside = List.copyOf(Objects.requireNonNull(inside, "inside"));
        Port unused = Port.tcp(port == 0 ? NginxRecipe.HTTPS : port, purpose);
    }

    /**
     * The route of a path.
     *
     * @param path begins with {@code /}; matches everything that begins with it, unless the route is exact
     */
    public record Location(String path, Route route) {
        public Location {
            if (!Objects.requireNonNull(path, "path").startsWith("/")) {
                throw new IllegalArgumentException("path '" + path + "' of a route must begin with '/'");
            }
            Objects.requireNonNull(route, "route");
        }
    }

    static Site open(List<String> names) {
        Certificate certificate = Tls.certificate(names.get(0))
                .names(names.subList(1, names.size()).toArray(String[]::new));
        return new Site(names, 0, Optional.of(certificate), List.of(), List.of(), List.of(), names.get(0));
    }

    static Site loopback(int port, List<String> names) {
        if (port < 1 || names.isEmpty()) {
            throw new IllegalArgumentException(
                    "a site on loopback needs a port from 1 to 65535 and a name, such as localhost");
        }
        return new Site(names, port, Optional.empty(), List.of(), List.of(), List.of(), names.get(0));
    }

    /** Adds a route for a path, and for everything that begins with it unless the route is {@link Route#exactly()}. */
    public Site route(String path, Route route) {
        return new Site(
                names, port, certificate, plus(routes, List.of(new Location(path, route))), shared, inside, purpose);
    }

    /**
     * Sets another certificate, for example one that another service uses too; defaults to a certificate for the site's names.
     *
     * @throws IllegalArgumentException for a site on loopback, which has none
     */
    public Site certificate(Certificate other) {
        if (port != 0) {
            throw new IllegalArgumentException("a site on loopback speaks plain HTTP: it has no certificate");
        }
        return new Site(names, port, Optional.of(other), routes, shared, inside, purpose);
    }

    /** Sets the size limit of request bodies; defaults to 1 MiB. */
    public Site maxBody(ByteSize size) {
        return with(Directive.of("client_max_body_size", size.bytes()));
    }

    /** Sets a response header, also on errors, and drops the same header of the proxied service. */
    public Site header(String name, String value) {
        return with(Directive.of("proxy_hide_header", name), Route.said(name, value));
    }

    /** Adds directives inside the server. */
    public Site with(Directive... directives) {
        return new Site(names, port, certificate, routes, shared, Route.joined(inside, List.of(directives)), purpose);
    }

    /**
     * Adds directives next to the server, such as a {@code map}. Begin the names of variables with the recipe's name, because other sites have
     * variables too.
     */
    public Site shared(Directive... directives) {
        return new Site(names, port, certificate, routes, plus(shared, List.of(directives)), inside, purpose);
    }

    /** Sets the words for display, such as {@code uploads}; defaults to the site's first name. */
    public Site purpose(String words) {
        return new Site(names, port, certificate, routes, shared, inside, words);
    }

    @Override
    public Nginx service() {
        return Nginx.SERVICE;
    }

    private static <T> List<T> plus(List<T> list, List<T> more) {
        return Stream.concat(list.stream(), more.stream()).toList();
    }

    /** Returns the headers that it sends with every response, and those that it hides. */
    List<Directive> headers() {
        return Stream.concat(
                        inside.stream().filter(Route::isHeader),
                        port == 0 ? Stream.of(Servers.STRICT_TRANSPORT) : Stream.of())
                .toList();
    }
}
