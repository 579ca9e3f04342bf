package dev.firstboot.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Image;
import dev.firstboot.plan.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StaticSiteTest {
    @Test
    void staticSite_always_isUnderThirtyLines() throws IOException {
        Path source = Path.of("src/main/java/dev/firstboot/examples/StaticSite.java");

        assertThat(Files.readAllLines(source)).hasSizeLessThan(30);
    }

    @Test
    void staticSite_inAnImage_isPlanned() {
        Image image = Image.builder()
                .name("web")
                .workload(new StaticSite("<h1>Hello</h1>"))
                .build();

        assertThat(image.plan(Disk.qcow2("web.qcow2")).toString()).contains("packages of site: nginx-light");
        assertThat(image.recipes().get(0).ports()).hasToString("[80/tcp]");
    }
}
