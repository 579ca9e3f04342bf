package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.artifact.RootfsArchive;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.Image;
import dev.firstboot.machine.Machine;
import dev.firstboot.plan.RootfsTar;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StaticSiteIT {
    @Test
    void staticSite_bootedInAContainer_servesItsPage(@TempDir Path directory) throws Exception {
        String page = "<h1>Baked, not installed</h1>\n";
        Image image = Image.builder().name("web").workload(new StaticSite(page)).build();

        try (Bakery bakery = Bakery.create()) {
            RootfsArchive archive = bakery.bake(image, RootfsTar.to(directory.resolve("web.tar")));
            try (Machine machine = archive.boot()) {
                machine.awaitReady();
                InetSocketAddress site = machine.endpoint(80);
                URI uri = URI.create("http://" + site.getAddress().getHostAddress() + ":" + site.getPort() + "/");

                assertThat(HttpClient.newHttpClient()
                                .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                                .body())
                        .isEqualTo(page);
            }
        }
    }
}
