package dev.firstboot.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.internal.tool.Tool;
import dev.firstboot.machine.container.RootfsBoot;
import dev.firstboot.machine.qemu.DiskBoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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

    /** tar said so forty times, and nobody which disk it was. */
    @Test
    void boot_diskOfUnpackedArchivesIsFull_saysWhichAndWorksOnceThereIsRoom() throws IOException {
        Path disk = directory.resolve("disk");
        Path cache = Files.createDirectory(directory.resolve("cache"));
        long size = 2 * Files.size(MachineFixture.rootfs()) + ROOM;
        sh("truncate -s $1 $0; mkfs.ext4 -q -F $0; mount -o loop $0 $2", disk, size, cache);
        try {
            sh("fallocate -l $1 $0", cache.resolve("other"), size - ROOM - (ROOM >> 1));
            RootfsBoot boot = RootfsBoot.builder(MachineFixture.rootfs())
                    .cacheDirectory(cache)
                    .build();

            assertThatThrownBy(boot::start)
                    .isInstanceOf(MachineException.class)
                    .hasMessageContaining("No space left on device. The disk that " + cache.resolve("containers")
                            + " is on is full: make room there, or choose another cacheDirectory()")
                    .hasMessageNotContaining("Cannot mkdir");
            assertThat(cache.resolve("containers")).isEmptyDirectory();

            Files.delete(cache.resolve("other"));
            try (Machine machine = boot.start()) {
                machine.awaitReady();
                assertThat(machine.run("stat", "-f", "-c", "%T", "/").output()).isEqualTo("overlayfs\n");
            }
        } finally {
            Tool.of("umount", "mount").run(cache.toString()).execute();
        }
    }

    /** QEMU stops such a machine, and nothing ever let it go on. */
    @Test
    void disk_ofAVirtualMachineHasNoRoom_isToldAndTheMachineGoesOnOnceThereIs() throws IOException {
        try (Machine machine =
                DiskBoot.builder(MachineFixture.disk()).cpus(1).directory(small).start()) {
            machine.awaitReady();
            Path all = small.resolve("all");
            sh("cat /dev/zero >$0 || :", all);

            assertThatThrownBy(() ->
                            machine.run("dd", "if=/dev/zero", "of=/var/tmp/much", "bs=1M", "count=64", "conv=fsync"))
                    .isInstanceOf(MachineException.class)
                    .hasMessageContainingAll("stands still", "The disk that " + small, "make room there");
            assertThatThrownBy(machine::stop).hasMessageContainingAll("stands still", "make room there");

            Files.delete(all);
            // What was held up goes on by itself; this comes after it.
            machine.run("sh", "-c", "head -c 4M /dev/zero >/var/tmp/more && sync /var/tmp/more")
                    .check();
            assertThat(machine.run("stat", "-c", "%s", "/var/tmp/more").output())
                    .isEqualTo((4 << 20) + "\n");
            machine.stop();
        }
    }

    private static void sh(String script, Object... arguments) {
        Tool.of("sh", "dash")
                .run("-euc", script)
                .addAll(Stream.of(arguments).map(Object::toString).toList())
                .execute();
    }
}
