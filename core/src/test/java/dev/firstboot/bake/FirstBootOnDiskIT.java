package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.artifact.DiskImage;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.Dataset;
import dev.firstboot.image.Image;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.Readiness;
import dev.firstboot.plan.Disk;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first boot of a small site from its own disk, in QEMU: firmware, boot loader, ZFS, and the power failing in the middle. */
class FirstBootOnDiskIT {
    private static final Duration SLOW = Duration.ofMinutes(20);
    private static final String SECRET = "/var/lib/firstboot/secrets/site/admin";

    @TempDir
    private Path directory;

    @Test
    void disk_powerFailsDuringFirstBoot_isReadyWithTheSecretsItHad() throws Exception {
        try (Machine machine = bake().boot()) {
            // The first words of first boot on the console: secrets are being made about now.
            awaitConsole(machine, "firstboot-secrets");
            machine.kill();
            machine.start();

            Readiness ready = machine.awaitReady(SLOW);

            assertThat(ready.firstBoot()).isTrue();
            assertThat(SmallSite.page(machine)).isEqualTo("hello\n");
            assertThat(out(machine, "findmnt", "-n", "-o", "FSTYPE", "/var/www"))
                    .isEqualTo("zfs\n");
            assertThat(out(machine, "systemctl", "--failed", "--no-legend")).isEmpty();
            final String secret = out(machine, "cat", SECRET);
            assertThat(secret).matches("[A-Za-z0-9]{32}");
            assertThat(out(machine, "cat", "/etc/site.conf")).contains("'" + secret + "'");

            machine.kill();
            machine.start();

            assertThat(machine.awaitReady(SLOW).firstBoot()).isFalse();
            assertThat(out(machine, "cat", SECRET)).isEqualTo(secret);
            assertThat(SmallSite.page(machine)).isEqualTo("hello\n");
        }
    }

    private DiskImage bake() {
        Image image = Image.builder()
                .name("tiny")
                .recipe(SmallSite.recipe()
                        .addDataset(Dataset.stack("www", "/var/www"))
                        .build())
                .build();
        try (Bakery bakery =
                Bakery.builder().cacheDirectory(RealSteps.sharedCache()).build()) {
            return bakery.bake(
                    image, Disk.qcow2(directory.resolve("tiny.qcow2")).size(ByteSize.gibibytes(6)));
        }
    }

    private static void awaitConsole(Machine machine, String word) throws InterruptedException {
        for (int i = 0; i < 1200 && machine.consoleTail(400).stream().noneMatch(line -> line.contains(word)); i++) {
            Thread.sleep(500);
        }
    }

    private static String out(Machine machine, String... command) {
        return machine.run(command).check().output();
    }
}
