package dev.firstboot.workload.xmpp;

import dev.firstboot.workload.config.Directive;
import java.util.List;
import java.util.stream.Stream;

/**
 * What users upload, on an origin of its own: a script in a file that somebody opens reaches nothing of the rest. Only what a browser shows without running
 * anything is shown; the rest is for saving.
 */
final class Uploads {
    static final String PATH = "/upload/";

    private static final String DISPOSITION = "$xmpp_disposition";
    /** Not SVG, HTML, XML or PDF. */
    private static final String SHOWN =
            "~*^(image/(png|jpeg|gif|webp)|audio/(mpeg|mp4|ogg|wav)|video/(mp4|webm)|application/ogg|text/plain)(;|$)";

    private final Settings settings;

    Uploads(Settings settings) {
        this.settings = settings;
    }

    List<Route> routes() {
        return List.of(Route.below(
                PATH,
                Listeners.HTTP,
                Directive.of("client_max_body_size", settings.uploadLimit().bytes()),
                Directive.of("proxy_request_buffering", "off")));
    }

    List<Directive> maps() {
        return List.of(Directive.of("map", "$upstream_http_content_type", DISPOSITION)
                .with(Directive.of("default", "attachment"), Directive.of(SHOWN, "inline")));
    }

    /** Said with every answer, errors too, in place of what ejabberd says of the same. Any site may send files and have them. */
    List<Directive> headers() {
        List<Header> headers = List.of(
                new Header("Content-Disposition", DISPOSITION),
                new Header("Content-Security-Policy", "default-src 'none'; sandbox"),
                new Header("X-Content-Type-Options", "nosniff"),
                new Header("Cross-Origin-Resource-Policy", "cross-origin"),
                new Header("Access-Control-Allow-Origin", "*"),
                new Header("Access-Control-Allow-Methods", "GET,HEAD,PUT,OPTIONS"),
                new Header("Access-Control-Allow-Headers", "Content-Type"));
        return Stream.concat(
                        headers.stream().map(Header::hidden), headers.stream().map(Header::said))
                .toList();
    }

    private record Header(String name, String value) {
        Directive hidden() {
            return Directive.of("proxy_hide_header", name);
        }

        Directive said() {
            return Directive.of("add_header", name, value, "always");
        }
    }
}
