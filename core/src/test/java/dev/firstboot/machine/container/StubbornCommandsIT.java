package dev.firstboot.machine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.machine.Machine;
import dev.firstboot.machine.MachineException;
import dev.firstboot.machine.MachineFixture;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Commands inside a container that do not want to end. */
class StubbornCommandsIT {
    private static Machine machine;

    @BeforeAll
    static void boot() throws IOException {
        machine = RootfsBoot.builder(MachineFixture.rootfs()).start();
        machine.awaitReady();
    }

    @AfterAll
    static void close() {
        machine.close();
    }

    @Test
    void run_endlessOutput_isEndedAndSaysWhy() {
        assertThatThrownBy(() -> machine.run("cat", "/dev/zero"))
                .isInstanceOf(MachineException.class)
                .hasMessageContainingAll("could not be written", "more than 16 MiB");
        assertThat(processes("comm", "^[c]at$")).isZero();
    }

    @Test
    void run_interruptedWhileChildrenIgnoreTheirEnd_leavesNone() throws InterruptedException {
        Thread waiting = new Thread(() -> {
            try {
                machine.run("sh", "-c", "trap '' TERM; sleep 7531 & sleep 7532");
            } catch (MachineException e) {
                // As asked for.
            }
        });
        waiting.start();
        while (processes("cmdline", "[7]53[12]") < 3) {
            TimeUnit.MILLISECONDS.sleep(50);
        }

        waiting.interrupt();
        waiting.join();

        assertThat(processes("cmdline", "[7]53[12]")).isZero();
    }

    private static int processes(String file, String pattern) {
        String search = "grep -als '%s' /proc/[0-9]*/%s | wc -l".formatted(pattern, file);
        return Integer.parseInt(machine.run("sh", "-c", search).check().output().strip());
    }
}
