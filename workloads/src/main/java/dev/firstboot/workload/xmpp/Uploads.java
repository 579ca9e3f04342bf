package dev.firstboot.workload.xmpp;

import dev.firstboot.workload.config.Directive;
import dev.firstboot.workload.nginx.Nginx;
import dev.firstboot.workload.nginx.Route;
import dev.firstboot.workload.nginx.Site;

/**
 * User uploads, on an origin of their own: a script in an uploaded file cannot reach anything else. Only formats that a browser displays without
 * running anything are shown; the others are downloaded.
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

    /**
     * Returns the site. Its headers are sent with every response, including errors, and replace those of ejabberd. Any site may upload and fetch
     * files.
     */
    Site site() {
        return Nginx.site(settings.upload().value())
                .certificate(settings.certificate())
                .purpose("upload")
                .shared(Directive.of("map", "$upstream_http_content_type", DISPOSITION)
                        .with(Directive.of("default", "attachment"), Directive.of(SHOWN, "inline")))
                .header("Content-Disposition", DISPOSITION)
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .header("Cross-Origin-Resource-Policy", "cross-origin")
                .header("Access-Control-Allow-Origin", "*")
                .header("Access-Control-Allow-Methods", "GET,HEAD,PUT,OPTIONS")
                .header("Access-Control-Allow-Headers", "Content-Type")
                .route(
                        PATH,
                        Route.proxy(Listeners.HTTP)
                                .maxBody(settings.uploadLimit())
                                .with(Directive.of("proxy_request_buffering", "off")));
    }
}
