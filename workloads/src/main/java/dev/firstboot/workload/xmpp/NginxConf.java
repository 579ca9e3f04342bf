package dev.firstboot.workload.xmpp;

import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Unit;
import dev.firstboot.workload.config.Directive;
import java.util.List;

/** NGINX's main file in place of Debian's, whose 768 connections for each worker are too few: a client of WebSocket takes two for as long as it is online. */
final class NginxConf {
    static final String FILE = "/etc/nginx/nginx.conf";
    static final String SITE = "/etc/nginx/conf.d/xmpp.conf";

    private static final int CONNECTIONS = 8_192;
    /** For each process, with room for files. Many hosts give a container no more than 20,000. */
    private static final int OPEN_FILES = 16_384;

    private NginxConf() {}

    static void addTo(Recipe.Builder recipe, List<Directive> site) {
        recipe.addPackage("nginx-light")
                .addRemoval("/etc/nginx/sites-enabled/default")
                .addFile(FileEntry.text(FILE, Directive.file(main())))
                .addFile(FileEntry.text(SITE, Directive.file(site)))
                .addUnit(Sandboxes.nginx(Unit.dropIn("nginx.service", "xmpp")
                        .set("Service", "LimitNOFILE", Integer.toString(OPEN_FILES))
                        .set("Service", "Restart", "on-failure")
                        .set("Service", "RestartSec", "5")));
    }

    private static List<Directive> main() {
        return List.of(
                Directive.of("user", "www-data"),
                Directive.of("worker_processes", "auto"),
                Directive.of("pid", "/run/nginx.pid"),
                Directive.of("error_log", "/var/log/nginx/error.log"),
                Directive.of("include", "/etc/nginx/modules-enabled/*.conf"),
                Directive.of("events").with(Directive.of("worker_connections", CONNECTIONS)),
                Directive.of("http")
                        .with(
                                Directive.of("include", "/etc/nginx/mime.types"),
                                Directive.of("default_type", "application/octet-stream"),
                                Directive.of("access_log", "/var/log/nginx/access.log"),
                                Directive.of("sendfile", "on"),
                                Directive.of("tcp_nopush", "on"),
                                Directive.of("server_tokens", "off"),
                                // NGINX does not start if a name is too long for its table, of 64 bytes otherwise.
                                Directive.of("server_names_hash_bucket_size", 512),
                                Directive.of("include", "/etc/nginx/conf.d/*.conf")));
    }
}
