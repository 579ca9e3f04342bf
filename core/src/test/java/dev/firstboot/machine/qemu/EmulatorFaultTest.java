package dev.firstboot.machine.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EmulatorFaultTest {
    @Test
    void panic_ofThePatchedInstruction_isTheEmulators() {
        assertThat(QemuMachine.tripped(List.of(
                        "[    2.950700] Oops: int3: 0000 [#2] PREEMPT SMP NOPTI",
                        "[    2.950762] RIP: 0010:sched_clock_cpu+0x9/0x1d0")))
                .isTrue();
        assertThat(QemuMachine.tripped(List.of("[    3.1] Kernel panic - not syncing: VFS: Unable to mount root fs")))
                .isFalse();
    }
}
