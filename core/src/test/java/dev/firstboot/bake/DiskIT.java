package dev.firstboot.bake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.artifact.DiskImage;
import dev.firstboot.image.ByteSize;
import dev.firstboot.image.DatasetSpec;
import dev.firstboot.image.FileEntry;
import dev.firstboot.image.Image;
import dev.firstboot.image.Probe;
import dev.firstboot.image.Recipe;
import dev.firstboot.image.Release;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.machine.CommandResult;
import dev.firstboot.machine.Machine;
import dev.firstboot.plan.Disk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real disk from real packages, booted through its own firmware, boot loader and pool. */
class DiskIT {
    @TempDir
    private Path directory;

    @Test
    void disk_bootedOnALargerOne_growsOnceAndKeepsWhatItIs() {
        List<BakeEvent> events = Collections.synchronizedList(new ArrayList<>());
        Path raw = directory.resolve("site.raw");
        DiskImage disk;
        try (Bakery bakery = Bakery.builder()
                .cacheDirectory(RealSteps.sharedCache())
                .listener(events::add)
                .build()) {
            disk = bakery.bake(image(Release.DEBIAN_13), Disk.raw(raw).size(ByteSize.gibibytes(8)));
        }
        assertThat(Tool.of("sgdisk", "gdisk").run("--print", raw.toString()).text())
                .contains("EF00  ESP", "BF00  rpool");
        assertThat(Tool.of("mdir", "mtools")
                        .run("-i", raw + "@@1M", "-/", "-b", "::")
                        .text())
                .contains("::/EFI/BOOT/BOOTX64.EFI", "::/loader/entries/original.conf", "::/original/vmlinuz");

        try (Machine machine = disk.bootBuilder()
                .cpus(1)
                .diskSize(ByteSize.gibibytes(12))
                .addDisk(raw)
                .start()) {
            // The other disk has the same pool, under the same ids at first and under others from the second boot on.
            machine.awaitReady();
            assertThat(Long.parseLong(out(machine, "zpool", "list", "-Hpo", "size", "rpool")))
                    .isGreaterThan(ByteSize.gibibytes(10).bytes());
            assertThat(out(machine, "findmnt", "-no", "SOURCE", "/")).isEqualTo("rpool/ROOT/original");
            assertThat(out(machine, "findmnt", "-no", "SOURCE", "/var/www")).isEqualTo("rpool/ROOT/original/www");
            assertThat(out(machine, "findmnt", "-no", "SOURCE", "/var/log")).isEqualTo("rpool/KEEP/log");
            assertThat(out(machine, "zfs", "get", "-Hpo", "value", "recordsize", "rpool/ROOT/original/www"))
                    .isEqualTo("1048576");
            // Shares of the pool as it is on this disk.
            long pool = Long.parseLong(out(machine, "zpool", "list", "-Hpo", "size", "rpool"));
            assertThat(quota(machine, "rpool/KEEP/log")).isEqualTo(pool / 100 * 10);
            assertThat(quota(machine, "rpool/ROOT/original/www")).isEqualTo(pool / 100);
            // Asked for and refused: to write so much takes an emulated machine minutes.
            assertThat(machine.run("fallocate", "--length", "200M", "/var/www/much")
                            .errors())
                    .containsAnyOf("No space left", "quota exceeded");
            assertThat(quota(machine, "rpool/ROOT/original")).isZero();
            datasetsAreMountedIntoEachOther(machine);
            assertThat(out(machine, "systemctl", "--failed", "--no-legend")).isEmpty();
            assertThat(out(machine, "systemctl", "show", "-P", "ActiveState", "systemd-udev-settle.service"))
                    .isEqualTo("inactive");
            String id = out(machine, "zpool", "get", "-Hpo", "value", "guid", "rpool");

            assertThat(esp(machine)).isEqualTo("/dev/vda1");

            machine.stop();
            machine.start();
            assertThat(machine.awaitReady().firstBoot()).isFalse();
            assertThat(esp(machine)).isEqualTo("/dev/vda1");
            assertThat(out(machine, "zpool", "list", "-HP", "-v", "rpool"))
                    .contains("/dev/vda2")
                    .doesNotContain("vdb");
            assertThat(partitionIds(machine, "/dev/vda"))
                    .hasSizeGreaterThan(2)
                    .doesNotContainAnyElementsOf(partitionIds(machine, "/dev/vdb"));
            assertThat(out(machine, "zpool", "get", "-Hpo", "value", "guid", "rpool"))
                    .isEqualTo(id);
            assertThat(out(machine, "zpool", "status", "-x")).contains("healthy");
        }
    }

    @Test
    void disk_ofTheOlderReleaseWithLargeSectors_bootsWithItsOwnZfsAndWithoutACompiler() {
        DiskImage disk;
        try (Bakery bakery =
                Bakery.builder().cacheDirectory(RealSteps.sharedCache()).build()) {
            disk = bakery.bake(
                    image(Release.DEBIAN_12),
                    Disk.qcow2(directory.resolve("site.qcow2")).sectorSize(ByteSize.kibibytes(4)));
        }
        try (Machine machine = disk.bootBuilder().cpus(1).start()) {
            machine.awaitReady();
            assertThat(out(machine, "findmnt", "-no", "SOURCE", "/")).isEqualTo("rpool/ROOT/original");
            assertThat(out(machine, "cat", "/sys/module/zfs/version")).startsWith("2.1.");
            datasetsAreMountedIntoEachOther(machine);
            assertThat(out(machine, "blockdev", "--getss", "/dev/vda")).isEqualTo("4096");
            assertThat(out(machine, "findmnt", "-no", "SOURCE", "/boot/efi")).isEqualTo("/dev/vda1");
            assertThat(out(machine, "systemctl", "--failed", "--no-legend")).isEmpty();
            assertThat(out(machine, "zpool", "status", "-x")).contains("healthy");
            assertThat(machine.run("sh", "-c", "command -v gcc make").isSuccess())
                    .isFalse();
        }
    }

    private static Image image(Release release) {
        return Image.builder()
                .name("site")
                .release(release)
                .recipe(Recipe.builder("site")
                        .addPackage("nginx-light")
                        .addDataset(DatasetSpec.stack("www", "/var/www")
                                .recordSize(ByteSize.mebibytes(1))
                                .share(1))
                        .addFile(FileEntry.text("/var/www/html/index.html", "hello\n"))
                        // What rolls back below what stays, a parent whose name comes after its child's, and both at
                        // once.
                        .addDataset(DatasetSpec.stack("app-log", "/var/log/app"))
                        .addFile(FileEntry.text("/var/log/app/seed", "from the image\n"))
                        .addDataset(DatasetSpec.stack("parent", "/srv/data"))
                        .addFile(FileEntry.text("/srv/data/seed", "from the image\n"))
                        .addDataset(DatasetSpec.stack("child", "/srv/data/index"))
                        .addFile(FileEntry.text("/srv/data/index/seed", "from the image\n"))
                        .addDataset(DatasetSpec.keep("grandchild", "/srv/data/index/kept"))
                        .addFile(FileEntry.text("/srv/data/index/kept/seed", "from the image\n"))
                        .addDataset(DatasetSpec.stack("blank", "/srv/data/index/kept/two words"))
                        .addFile(FileEntry.text("/srv/data/index/kept/two words/seed", "from the image\n"))
                        .addDataset(DatasetSpec.stack("var", "/var"))
                        .addDataset(DatasetSpec.stack("lib", "/var/lib"))
                        .addProbe(Probe.command("page", "/usr/bin/curl", "-sf", "http://127.0.0.1/"))
                        .build())
                .build();
    }

    private static void datasetsAreMountedIntoEachOther(Machine machine) {
        assertThat(Map.of(
                        "/var/log/app", "rpool/ROOT/original/app-log",
                        "/srv/data", "rpool/ROOT/original/parent",
                        "/srv/data/index", "rpool/ROOT/original/child",
                        "/srv/data/index/kept", "rpool/KEEP/grandchild",
                        "/srv/data/index/kept/two words", "rpool/ROOT/original/blank"))
                .allSatisfy((place, dataset) -> {
                    assertThat(out(machine, "cat", place + "/seed")).isEqualTo("from the image");
                    assertThat(out(machine, "findmnt", "-no", "SOURCE", "-T", place + "/seed"))
                            .isEqualTo(dataset);
                });
        assertThat(out(machine, "findmnt", "-no", "SOURCE", "/var/log")).isEqualTo("rpool/KEEP/log");
        assertThat(out(machine, "findmnt", "-no", "SOURCE", "-T", "/var/cache")).isEqualTo("rpool/ROOT/original/var");
        assertThat(out(machine, "findmnt", "-no", "SOURCE", "-T", "/var/lib/dpkg"))
                .isEqualTo("rpool/ROOT/original/lib");
    }

    private static String esp(Machine machine) {
        return out(machine, "findmnt", "-no", "SOURCE", "/boot/efi");
    }

    private static List<String> partitionIds(Machine machine, String disk) {
        return List.of(out(machine, "lsblk", "-no", "PTUUID,PARTUUID", disk).split("\\s+"));
    }

    private static long quota(Machine machine, String dataset) {
        return Long.parseLong(out(machine, "zfs", "get", "-Hpo", "value", "quota", dataset));
    }

    private static String out(Machine machine, String... command) {
        CommandResult result = machine.run(command);
        assertThat(result.isSuccess()).as("%s", result).isTrue();
        return result.output().strip();
    }
}
