package dev.firstboot.bake;

import dev.firstboot.image.Escape;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.FirstBootStep;
import dev.firstboot.image.Port;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Secret;
import dev.firstboot.image.Template;
import dev.firstboot.image.User;
import dev.firstboot.machine.Machine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** A static site behind nginx. */
final class SmallSite {
    private SmallSite() {}

    /** With one of each thing that first boot does. */
    static Recipe.Builder recipe() {
        return Recipe.builder("site")
                .addPackage("nginx-light")
                .addUser(User.system("site"))
                .addFile(FileEntry.text("/var/www/site/index.html", "hello\n"))
                .addFile(FileEntry.directory("/var/lib/site").owner("site", "site"))
                .addRemoval("/etc/nginx/sites-enabled/default")
                .addFile(FileEntry.text(
                        "/etc/nginx/sites-enabled/site", "server { listen 80; listen 8081; root /var/www/site; }\n"))
                .addSecret(Secret.password("admin", 32))
                .addSecret(Secret.hex("key", 16))
                .addSecret(Secret.supplied("token"))
                .addFile(FileEntry.template(
                                "/etc/site.conf",
                                Template.builder()
                                        .text("admin=")
                                        .secret("admin", Escape.SHELL)
                                        .text("\nid=")
                                        .fact(Template.Fact.MACHINE_ID, Escape.NONE)
                                        .text("\n")
                                        .build())
                        .owner("root", "www-data")
                        .mode(0640))
                .addStep(FirstBootStep.script("fails-once", """
                                #!/bin/sh
                                # Fails at its first try, as a service that is not up yet makes it.
                                set -eu
                                if [ -s /var/lib/site/tries ]; then echo 2; else echo 1; fi >> /var/lib/site/tries
                                [ "$(tail -n 1 /var/lib/site/tries)" = 2 ]
                                """).user("site").before("nginx.service"))
                .addStep(FirstBootStep.script("always", "#!/bin/sh\necho boot >> /var/lib/always\n")
                        .everyBoot()
                        .before("nginx.service"))
                .addPort(Port.tcp(80, "the site"))
                .addProbe(Probe.http("page", "http://site.example.com/", 200));
    }

    /** What the machine serves to this host. */
    static String page(Machine machine) throws IOException, InterruptedException {
        InetSocketAddress address = machine.endpoint(80);
        URI uri = URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/");
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
