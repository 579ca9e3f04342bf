package dev.firstboot.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.artifact.DiskImage;
import dev.firstboot.bake.Bakery;
import dev.firstboot.image.Image;
import dev.firstboot.machine.Machine;
import dev.firstboot.plan.Disk;
import dev.firstboot.workload.xmpp.Xmpp;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power fails in the first boot of the real disk. Unlike a container, a virtual machine loses what it had not yet
 * written through its own kernel's cache.
 */
class PowerCutIT {
    private static final long SEED = Long.getLong("firstboot.test.seed", System.nanoTime());

    @TempDir
    Path directory;

    @Test
    void powerFails_whileAMachineMakesItsIdentity_nextBootIsReadyAndKeepsIt() throws InterruptedException {
        Image chat = Image.builder()
                .name("chat")
                .workload(Xmpp.cluster("chat.example.com"))
                .build();
        try (Bakery bakery = Bakery.create()) {
            DiskImage disk = bakery.bake(chat, Disk.qcow2(directory.resolve("chat.qcow2")));
            try (Machine machine = disk.bootBuilder().cpus(1).start()) {
                while (machine.consoleTail(200).stream().noneMatch(line -> line.contains("systemd"))) {
                    TimeUnit.MILLISECONDS.sleep(200);
                }
                long moment = new Random(SEED).nextLong(25_000);
                TimeUnit.MILLISECONDS.sleep(moment);
                machine.kill();
                String how = "seed " + SEED + ", plug pulled " + moment + " ms after systemd spoke";

                machine.start();
                machine.awaitReady();
                Map<String, String> ready = Fingerprints.of(machine);
                assertThat(ready)
                        .as(how)
                        .containsKeys("postgresql-system-identifier", "var/lib/firstboot/tls/chat.example.com.pem");

                machine.kill();
                machine.start();
                assertThat(machine.awaitReady().firstBoot()).as(how).isFalse();
                assertThat(Fingerprints.of(machine)).as(how).isEqualTo(ready);
            }
        }
    }
}
