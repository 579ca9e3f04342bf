package dev.firstboot.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.image.Release;
import dev.firstboot.machine.Machine;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Each machine makes secrets of its own, once, whenever its power fails. In containers, on the real root file system. */
@Execution(ExecutionMode.CONCURRENT)
class IdentityIT {
    private static final long SEED = Long.getLong("firstboot.test.seed", System.nanoTime());
    private static final Random RANDOM = new Random(SEED);

    private static Map<String, String> first;
    private static Duration usualFirstBoot;

    @BeforeAll
    static void bootOnce() {
        long start = System.nanoTime();
        try (Machine machine = boot()) {
            machine.awaitReady();
            usualFirstBoot = Duration.ofNanos(System.nanoTime() - start);
            first = Fingerprints.of(machine);
        }
    }

    private static Machine boot() {
        return ChatArchive.boot(ChatMachine.DOMAIN, Release.DEBIAN_13).start();
    }

    @Test
    void twoMachines_fromOneImage_shareNoSecret() {
        try (Machine machine = boot()) {
            machine.awaitReady();
            Map<String, String> second = Fingerprints.of(machine);
            machine.kill();
            machine.start();
            assertThat(machine.awaitReady().firstBoot()).isFalse();
            assertThat(Fingerprints.of(machine))
                    .as("after a power cut when ready")
                    .isEqualTo(second);

            assertThat(second).hasSameSizeAs(first).containsOnlyKeys(first.keySet());
            assertThat(first.keySet())
                    .contains(
                            "etc/machine-id",
                            "postgresql-system-identifier",
                            "var/lib/firstboot/secrets/xmpp/admin-password",
                            "var/lib/firstboot/secrets/xmpp/database-password",
                            "var/lib/firstboot/tls/chat.example.com.pem");
            assertThat(second.values()).doesNotContainAnyElementsOf(first.values());
        }
    }

    @RepeatedTest(10)
    void powerFails_atARandomMomentOfFirstBoot_nextBootIsReadyWithOneSetOfSecrets() throws InterruptedException {
        long moment = (long) (RANDOM.nextDouble() * usualFirstBoot.toMillis());
        String how = "seed " + SEED + ", plug pulled after " + moment + " of " + usualFirstBoot.toMillis() + " ms";
        try (Machine machine = boot()) {
            TimeUnit.MILLISECONDS.sleep(moment);
            Map<String, String> made = Fingerprints.of(machine);
            machine.kill();

            machine.start();
            machine.awaitReady();
            Map<String, String> ready = Fingerprints.of(machine);
            assertThat(ready.keySet()).as(how).isEqualTo(first.keySet());
            made.keySet().retainAll(first.keySet());
            made.remove("etc/machine-id"); // systemd keeps it in memory until the file system is writable
            assertThat(ready).as(how).containsAllEntriesOf(made);
        }
    }
}
