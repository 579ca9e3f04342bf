package dev.firstboot.workload.xmpp;

import dev.firstboot.image.Release;
import dev.firstboot.workload.config.Directive;
import dev.firstboot.workload.nginx.Nginx;
import dev.firstboot.workload.nginx.Route;
import dev.firstboot.workload.nginx.Site;
import java.time.Duration;
import java.util.List;

/** The NGINX sites in front of ejabberd's HTTP on loopback: those of the domain, of uploads, and of the console for the machine itself. */
final class WebFront {
    private final Settings settings;
    private final Console console;
    private final Uploads uploads;

    WebFront(Settings settings, Release release) {
        this.settings = settings;
        this.console = new Console(settings, release);
        this.uploads = new Uploads(settings);
    }

    List<Site> sites() {
        return List.of(console.onDomain(domain()), uploads.site(), console.onLoopback());
    }

    private Site domain() {
        return Nginx.site(settings.domain().value())
                .certificate(settings.certificate())
                .purpose("WebSocket, BOSH" + console.exposure())
                .shared(Guesses.zones())
                .route("/ws", Route.proxy(Listeners.HTTP).exactly().webSocket())
                .route(
                        "/bosh",
                        Route.proxy(Listeners.HTTP)
                                .exactly()
                                .timeout(Duration.ofMinutes(5))
                                .with(Directive.of("proxy_buffering", "off")))
                .route("/.well-known/host-meta", Route.proxy(Listeners.HTTP).exactly())
                .route(
                        "/.well-known/host-meta.json",
                        Route.proxy(Listeners.HTTP).exactly());
    }
}
