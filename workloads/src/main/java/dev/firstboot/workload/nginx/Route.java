package dev.firstboot.workload.nginx;

import dev.firstboot.image.ByteSize;
import dev.firstboot.image.UnixPath;
import dev.firstboot.workload.config.Directive;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What NGINX does with a path of a {@link Site}. Immutable; each method returns a changed copy.
 *
 * @param exact whether it is for the very path, not for what is below it
 * @param port the port on loopback that speaks plain HTTP; 0 if the route hands nothing on
 * @param directives what its section says
 */
public record Route(boolean exact, int port, List<Directive> directives) {
    private static final String LOOPBACK = "127.0.0.1";

    public Route {
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not within 1 to 65535");
        }
        directives = List.copyOf(Objects.requireNonNull(directives, "directives"));
    }

    /** Hands requests on to a port of loopback, on which the recipe says that it listens. */
    public static Route proxy(int port) {
        if (port == 0) {
            throw new IllegalArgumentException("port 0 is not within 1 to 65535");
        }
        return new Route(
                false,
                port,
                List.of(
                        Directive.of("proxy_pass", "http://" + LOOPBACK + ":" + port),
                        Directive.of("proxy_set_header", "Host", "$host"),
                        // The address as NGINX sees it; what a client claims of itself is dropped.
                        Directive.of("proxy_set_header", "X-Forwarded-For", "$remote_addr"),
                        Directive.of("proxy_set_header", "X-Forwarded-Proto", "$scheme")));
    }

    /**
     * Serves files: a request for {@code /a/b} has the file {@code a/b} below the directory.
     *
     * @param directory not below {@code /var/lib}, of which NGINX sees nothing
     */
    public static Route files(String directory) {
        if (UnixPath.of(directory).startsWith(UnixPath.of("/var/lib"))) {
            throw new IllegalArgumentException("NGINX cannot serve " + directory
                    + ": it sees nothing of /var/lib; use a directory such as /srv/www");
        }
        return new Route(false, 0, List.of(Directive.of("root", UnixPath.of(directory))));
    }

    /** Sends browsers elsewhere, for good (308). */
    public static Route redirect(String url) {
        return new Route(false, 0, List.of(Directive.of("return", 308, url)));
    }

    /** For the very path, not for what is below it. */
    public Route exactly() {
        return new Route(true, port, directives);
    }

    /** Lets the service behind it take up WebSocket connections (RFC 6455), which may be silent for an hour. */
    public Route webSocket() {
        return with(
                        Directive.of("proxy_set_header", "Upgrade", "$http_upgrade"),
                        Directive.of("proxy_set_header", "Connection", Servers.CONNECTION))
                .timeout(Duration.ofHours(1))
                .with(Directive.of("proxy_send_timeout", "1h"), Directive.of("proxy_buffering", "off"));
    }

    /** Waits so long for the service to say something, in whole seconds, instead of 60 s. */
    public Route timeout(Duration duration) {
        return with(Directive.of("proxy_read_timeout", duration.toSeconds() + "s"));
    }

    /** Takes requests up to this size, instead of what the site takes. */
    public Route maxBody(ByteSize size) {
        return with(Directive.of("client_max_body_size", size.bytes()));
    }

    /** Says a header with every answer, errors too, in place of one of that name from behind. */
    public Route header(String name, String value) {
        return with(Directive.of("proxy_hide_header", name), said(name, value));
    }

    /** With further directives. */
    public Route with(Directive... more) {
        return with(Arrays.asList(more));
    }

    /** With further directives. */
    public Route with(List<Directive> more) {
        List<Directive> all = new ArrayList<>(directives);
        all.addAll(more);
        return new Route(exact, port, all);
    }

    /** The section. One that sets or hides a header of its own inherits none of that, so it does as the site does as well. */
    Directive section(String path, List<Directive> headers) {
        List<Directive> inside = directives.stream().noneMatch(Route::isHeader)
                ? directives
                : Stream.concat(directives.stream(), headers.stream()).toList();
        return (exact ? Directive.of("location", "=", path) : Directive.of("location", path)).with(inside);
    }

    static Directive said(String name, String value) {
        return Directive.of("add_header", name, value, "always");
    }

    static boolean isHeader(Directive directive) {
        return directive.name().equals("add_header") || directive.name().equals("proxy_hide_header");
    }
}
