package dev.firstboot.workload.xmpp;

import dev.firstboot.workload.config.Directive;
import java.util.ArrayList;
import java.util.List;

/**
 * A path that NGINX hands on to ejabberd.
 *
 * @param path the path, and unless {@code exact} all that is below it
 * @param port the port on loopback that speaks plain HTTP
 * @param extra what else its section says
 */
record Route(String path, boolean exact, int port, List<Directive> extra) {
    Route {
        extra = List.copyOf(extra);
    }

    /** A path and all that is below it. */
    static Route below(String path, int port, Directive... extra) {
        return new Route(path, false, port, List.of(extra));
    }

    /** This very path. */
    static Route exactly(String path, int port, Directive... extra) {
        return new Route(path, true, port, List.of(extra));
    }

    /** The same with more in its section. */
    Route with(List<Directive> more) {
        List<Directive> all = new ArrayList<>(extra);
        all.addAll(more);
        return new Route(path, exact, port, all);
    }

    /** Its section. A section that sets one header inherits none, so each says them all. */
    Directive directive() {
        List<Directive> inside = new ArrayList<>(List.of(
                Directive.of("proxy_pass", "http://" + Settings.LOOPBACK + ":" + port),
                Directive.of("proxy_set_header", "Host", "$host"),
                // The address as NGINX sees it; what a client claims of itself is dropped.
                Directive.of("proxy_set_header", "X-Forwarded-For", "$remote_addr"),
                Directive.of("proxy_set_header", "X-Forwarded-Proto", "$scheme")));
        inside.addAll(extra);
        return (exact ? Directive.of("location", "=", path) : Directive.of("location", path)).with(inside);
    }
}
