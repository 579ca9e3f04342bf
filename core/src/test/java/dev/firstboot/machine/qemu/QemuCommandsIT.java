package dev.firstboot.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firstboot.machine.CommandsContract;
import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineFixture;
import dev.firstboot.machine.ReadinessTimeoutException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands in a virtual machine, by its guest agent, and one that has none. */
@Timeout(1800)
class QemuCommandsIT {
    @Test
    void contract_virtualMachine_isKept(@TempDir Path directory) throws Exception {
        try (Machine machine = DiskBoot.builder(MachineFixture.disk()).cpus(1).start()) {
            machine.awaitReady();
            new CommandsContract(machine, directory).all();
            assertThat(machine.run("ls", "/var/tmp").output()).doesNotContain("firstboot-command");
        }
    }

    /** It asked the agent twice, for 30 s each. */
    @Test
    void awaitReady_machineHasNoAgent_takesLittleLongerThanAsked(@TempDir Path directory) throws IOException {
        Path blank = directory.resolve("blank.raw");
        try (RandomAccessFile file = new RandomAccessFile(blank.toFile(), "rw")) {
            file.setLength(16 << 20);
        }
        try (Machine machine = DiskBoot.builder(blank).cpus(1).start()) {
            long start = System.nanoTime();
            ReadinessTimeoutException e = catchThrowableOfType(
                    ReadinessTimeoutException.class, () -> machine.awaitReady(Duration.ofSeconds(3)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            assertThat(e.journal()).isEmpty();
            assertThat(e.obstacle()).isEmpty();
        }
    }
}
