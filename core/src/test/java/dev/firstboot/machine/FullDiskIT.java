package dev.firstboot.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.internal.tool.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody in a container fills the disk that it is on. */
class FullDiskIT {
    private static final int ROOM = 128 << 20;

    @TempDir
    Path directory;

    private Path small;

    @BeforeEach
    void mountASmallDisk() throws IOException {
        small = Files.createDirectory(directory.resolve("small"));
        long size = Files.size(MachineFixture.rootfs()) + ROOM;
        Tool.of("mount", "mount")
                .run("-t", "tmpfs", "-o", "size=" + size, "none", small.toString())
                .execute();
    }

    @AfterEach
    void unmountIt() {
        Tool.of("umount", "mount").run(small.toString()).execute();
    }

    @Test
    void console_hasNoRoom_machineGoesOnAndIsHeardAgainLater() throws IOException {
        try (Machine machine =
                RootfsBoot.builder(MachineFixture.rootfs()).directory(small).start()) {
            machine.awaitReady();
            machine.run("sh", "-c", "cat /dev/zero >/var/tmp/all");

            machine.run(
                            "sh",
                            "-c",
                            "for i in $(seq 300); do echo 'nobody hears this line of forty letters' >/dev/console; done")
                    .check();
            machine.run("sleep", "1").check();

            assertThat(machine.isRunning()).isTrue();
            machine.run("rm", "/var/tmp/all").check();
            machine.run("sh", "-c", "printf '\\nheard again\\n' >/dev/console; sleep 1")
                    .check();
            assertThat(machine.consoleTail(1)).containsExactly("heard again");
        }
    }

    @Test
    void boot_diskIsFull_saysSo() throws IOException {
        Tool.of("sh", "dash")
                .run("-c", "cat /dev/zero >\"$0\"", small.resolve("all").toString())
                .anyStatus()
                .execute();

        assertThatThrownBy(() -> RootfsBoot.builder(MachineFixture.rootfs())
                        .directory(small)
                        .start())
                .isInstanceOf(MachineException.class)
                .hasMessageContaining("No space left on device");
    }
}
