package dev.firstboot.workload.nginx;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.UnixPath;
import dev.firstboot.workload.config.Directive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What NGINX does with a path of a {@link Site}. Immutable; each method returns a changed copy.
 *
 * @param exact whether it matches only the path itself, not what is below it
 * @param port the loopback port of a plain HTTP service; 0 if the route does not proxy
 * @param directives the directives of its section
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public record Route(boolean exact, int port, List<Directive> directives) {
    private static final String LOOPBACK = "127.0.0.1";
    /** Directives that may appear only once, set by the methods here and in {@link Site}. */
    private static final Set<String> ONCE = Set.of(
            "client_max_body_size",
            "proxy_read_timeout",
            "proxy_send_timeout",
            "proxy_buffering",
            "proxy_request_buffering");

    public Route {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not within 1 to 65535");
        }
        directives = List.copyOf(Objects.requireNonNull(directives, "directives"));
    }

    /**
     * Returns a route that proxies requests to a loopback port, which the recipe must declare. NGINX compares paths in their normalized form but
     * forwards them as the client spelled them: use a separate port for anything that is not public.
     */
    public static Route proxy(int port) {
        if (port == 0) {
            throw new IllegalArgumentException("port 0 is not within 1 to 65535");
        }
        // The address as NGINX sees it; the client's own claims are dropped.
        return new Route(
                false,
                port,
                List.of(
                        sent("Host", "$host"),
                        sent("X-Forwarded-For", "$remote_addr"),
                        sent("X-Forwarded-Proto", "$scheme"),
                        sent("X-Forwarded-Host", "$host"),
                        sent("X-Forwarded-Port", "$server_port"),
                        sent("X-Real-IP", "$remote_addr"),
                        sent("Forwarded", ""),
                        sent("X-Forwarded-Prefix", ""),
                        sent("X-Forwarded-Ssl", ""),
                        sent("Proxy", "")));
    }

    /**
     * Returns a route that serves files: a request for {@code /a/b} gets the file {@code a/b} below the directory.
     *
     * @param directory not below {@code /var/lib}, which NGINX cannot see
     */
    public static Route files(String directory) {
        if (directory.indexOf('$') >= 0
                || List.of("/", "/etc", "/root", "/home").contains(directory)) {
            throw new IllegalArgumentException("NGINX cannot serve '" + directory
                    + "': name a directory of the site's own, such as /srv/www, without '$'");
        }
        if (UnixPath.of(directory).startsWith(UnixPath.of("/var/lib"))) {
            throw new IllegalArgumentException("NGINX cannot serve " + directory
                    + ": it sees nothing of /var/lib; use a directory such as /srv/www");
        }
        return new Route(false, 0, List.of(Directive.of("root", UnixPath.of(directory))));
    }

    /** Returns a route that redirects browsers permanently (308). */
    public static Route redirect(String url) {
        return new Route(false, 0, List.of(Directive.of("return", 308, url)));
    }

    /** Matches only the path itself, not what is below it. */
    public Route exactly() {
        return new Route(true, port, directives);
    }

    /** Allows WebSocket connections (RFC 6455) to the service, with up to one hour of silence. */
    public Route webSocket() {
        return with(sent("Upgrade", Servers.UPGRADE), sent("Connection", Servers.CONNECTION))
                .timeout(Duration.ofHours(1))
                .with(Directive.of("proxy_send_timeout", "1h"), Directive.of("proxy_buffering", "off"));
    }

    /** Sets how long to wait for data from the service, in whole seconds; defaults to 60 s. */
    public Route timeout(Duration duration) {
        if (duration.toSeconds() < 1) {
            throw new IllegalArgumentException("timeout " + duration + " is less than a second");
        }
        return with(Directive.of("proxy_read_timeout", duration.toSeconds() + "s"));
    }

    /** Sets the size limit of request bodies; defaults to the site's. */
    public Route maxBody(ByteSize size) {
        return with(Directive.of("client_max_body_size", size.bytes()));
    }

    /** Sets a response header, also on errors, and drops the same header of the proxied service. */
    public Route header(String name, String value) {
        return with(Directive.of("proxy_hide_header", name), said(name, value));
    }

    /** Adds directives. */
    public Route with(Directive... more) {
        return with(Arrays.asList(more));
    }

    /** Adds directives; one that NGINX accepts only once, such as {@code client_max_body_size}, replaces the earlier one. */
    public Route with(List<Directive> more) {
        return new Route(exact, port, joined(directives, more));
    }

    /** Returns the directives of one block; NGINX does not start if one of {@link #ONCE} appears twice. */
    static List<Directive> joined(List<Directive> before, List<Directive> more) {
        List<Directive> all = new ArrayList<>(before);
        for (Directive directive : more) {
            if (ONCE.contains(directive.name())) {
                all.removeIf(other -> other.name().equals(directive.name()));
            }
            all.add(directive);
        }
        return all;
    }

    private static Directive sent(String header, String value) {
        return Directive.of("proxy_set_header", header, value);
    }

    /** Returns the section. If it sets or hides a header itself, it inherits no headers, so it repeats those of the site. */
    Directive section(String path, List<Directive> headers) {
        List<Directive> inside = new ArrayList<>();
        if (port != 0) {
            // With its path, an exact route forwards only that, however the client spelled it.
            inside.add(Directive.of("proxy_pass", "http://" + LOOPBACK + ":" + port + (exact ? path : "")));
        }
        inside.addAll(directives);
        if (directives.stream().anyMatch(Route::isHeader)) {
            inside.addAll(headers);
        }
        return (exact ? Directive.of("location", "=", path) : Directive.of("location", path)).with(inside);
    }

    static Directive said(String name, String value) {
        return Directive.of("add_header", name, value, "always");
    }

    static boolean isHeader(Directive directive) {
        return directive.name().equals("add_header") || directive.name().equals("proxy_hide_header");
    }
}
