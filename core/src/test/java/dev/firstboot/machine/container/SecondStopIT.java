package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.MachineFixture;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A machine that takes its time to shut down, and owners who ask more than once. */
class SecondStopIT {
    private static final String SLOW = """
            systemd-run --quiet --unit=slow --property=TimeoutStopSec=60 \
                --property='ExecStop=/bin/sh -c "sleep 6; touch /var/lib/slow-ended; sync"' sleep infinity""";

    @Test
    void stop_againAfterItTimedOut_waitsLikeTheFirst() throws IOException {
        try (Machine machine = RootfsBoot.builder(MachineFixture.rootfs()).start()) {
            machine.awaitReady();
            machine.run("sh", "-c", SLOW).check();

            assertThatThrownBy(() -> machine.stop(Duration.ofMillis(500)))
                    .isInstanceOf(MachineException.class)
                    .hasMessageContaining("has not shut down within 0.5 s");
            assertThat(machine.isRunning()).isTrue();
            assertThatThrownBy(() -> machine.stop(Duration.ofMillis(500))).isInstanceOf(MachineException.class);
            assertThat(machine.isRunning()).isTrue();
            machine.stop();

            machine.start();
            machine.awaitReady();
            assertThat(machine.run("test", "-e", "/var/lib/slow-ended").isSuccess())
                    .as("its services came to their end")
                    .isTrue();
        }
    }

    /** It waited as long as the first. */
    @Test
    void stop_whileAnotherThreadWaits_keepsToItsOwnLimitAndCanBeInterrupted() throws Exception {
        try (Machine machine = RootfsBoot.builder(MachineFixture.rootfs()).start()) {
            machine.awaitReady();
            machine.run("sh", "-c", SLOW).check();
            CompletableFuture<Void> patient = CompletableFuture.runAsync(() -> machine.stop(Duration.ofMinutes(5)));
            while (!machine.run("systemctl", "show", "-P", "ActiveState", "slow")
                    .output()
                    .equals("deactivating\n")) {
                TimeUnit.MILLISECONDS.sleep(50);
            }

            assertThatThrownBy(() -> machine.stop(Duration.ofMillis(500)))
                    .isInstanceOf(MachineException.class)
                    .hasMessageContaining("has not shut down within 0.5 s");
            assertThat(patient).isNotDone();
            Thread.currentThread().interrupt();
            assertThatThrownBy(machine::stop).hasMessageContaining("interrupted while waiting for it to shut down");
            assertThat(Thread.interrupted()).isTrue();
            assertThat(patient).isNotDone();
            patient.get(1, TimeUnit.MINUTES);
            assertThat(machine.isRunning()).isFalse();
        }
    }
}
