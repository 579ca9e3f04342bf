package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.step.StepContext;
import dev.firstboot.bake.step.StepRunner;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Dataset;
import dev.firstboot.image.Image;
import dev.firstboot.image.Recipe;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.plan.Disk;
import dev.firstboot.plan.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk from real packages, with nothing laid over them. */
class DiskIT {

    @TempDir
    Path directory;

    @Test
    void disk_ofAPlainSystem_hasAWholePoolAndABootLoader() {
        List<BakeEvent> events = Collections.synchronizedList(new ArrayList<>());
        Image image = Image.builder()
                .name("site")
                .recipe(Recipe.builder("site")
                        .addPackage("nginx-light")
                        .addDataset(Dataset.stack("www", "/var/www"))
                        .build())
                .build();
        Path raw = directory.resolve("site.raw");
        Map<String, StepRunner> runners = new HashMap<>(Runners.all());
        runners.put(Steps.CONFIGURE, new NothingLaidOver());
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(RealSteps.sharedCache())
                .listener(events::add)
                .runners(runners)
                .build()) {
            bakery.bake(image, Disk.raw(raw).size(ByteSize.gibibytes(8)));
        }
        assertThat(events.stream().filter(BakeEvent.Finished.class::isInstance)).hasSize(6);
        String table = Tool.of("sgdisk", "gdisk").run("--print", raw.toString()).text();
        assertThat(table).contains("EF00  ESP", "BF00  rpool");
        assertThat(Tool.of("mdir", "mtools").run("-i", raw + "@@1M", "-b", "-/").text())
                .contains("::/EFI/BOOT/BOOTX64.EFI", "::/loader/entries/original.conf", "::/original/vmlinuz");
    }

    /** Configures nothing. */
    private static final class NothingLaidOver implements StepRunner {
        @Override
        public String fingerprint() {
            return "nothing";
        }

        @Override
        public void run(StepContext context) throws IOException {
            try (TarArchiveOutputStream tar =
                    new TarArchiveOutputStream(Files.newOutputStream(context.output(Steps.OVERLAY_TAR)))) {
                tar.finish();
            }
            Files.writeString(context.output(Steps.REMOVALS), "/usr/share/doc/nginx\n");
        }
    }
}
