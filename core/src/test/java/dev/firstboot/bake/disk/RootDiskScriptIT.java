package dev.firstboot.bake.disk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.bake.rootfs.InitramfsFile;
import dev.firstboot.image.ByteSize;
import dev.firstboot.internal.tool.Tool;
import dev.firstboot.stack.PoolLayout;
import dev.firstboot.zfs.poolimage.PoolImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that finds the root pool, on real disks, where the firmware reports nothing. With firmware that reports it runs in {@code DiskIT}. */
class RootDiskScriptIT {
    private static final ByteSize SIZE = ByteSize.gibibytes(1);
    private static final Tool LOSETUP = Tool.of("losetup", "mount");

    @TempDir
    Path directory;

    private final List<String> devices = new ArrayList<>();

    @AfterEach
    void detach() {
        for (String device : devices) {
            Tool.of("partx", "util-linux").run("--delete", device).anyStatus().execute();
            LOSETUP.run("--detach", device).execute();
        }
    }

    @Test
    void rootDisk_twoPoolsOfOneName_takesTheFirstDiskAndNamesTheOther() throws IOException {
        attach(disk("one"));
        attach(disk("two"));
        devices.sort(Comparator.naturalOrder());

        String said = run();

        assertThat(said)
                .contains("pool rpool is taken from " + devices.get(0) + "p2; another of that name is left alone, on "
                        + devices.get(1) + "p2")
                .contains("ROOT=ZFS=" + guid(devices.get(0)) + "/ROOT/original")
                .contains("esp -> " + devices.get(0) + "p1")
                .doesNotContain("ZPOOL_IMPORT_PATH");
    }

    @Test
    void rootDisk_aCopyOfTheDisk_isNeverLookedAt() throws IOException {
        Path disk = disk("one");
        attach(disk);
        attach(Files.copy(disk, directory.resolve("copy.raw")));
        devices.sort(Comparator.naturalOrder());

        assertThat(run())
                .contains("ROOT=ZFS=" + guid(devices.get(0)) + "/ROOT/original")
                .contains("ZPOOL_IMPORT_PATH=" + devices.get(0) + "p2\n");
    }

    private Path disk(String name) throws IOException {
        Partitions partitions = new Partitions(512);
        Path raw = directory.resolve(name + ".raw");
        partitions.create(raw, SIZE, name);
        Partitions.Extent pool = partitions.pool(raw);
        PoolImage.builder()
                .pool(PoolLayout.POOL)
                .seed(name)
                .build()
                .writeInto(
                        raw,
                        pool.start(),
                        dev.firstboot.zfs.poolimage.ByteSize.bytes(pool.size().bytes()));
        return raw;
    }

    private void attach(Path raw) {
        String device = LOSETUP.run("--find", "--show", raw.toString()).text().strip();
        devices.add(device);
        Tool.of("partx", "util-linux").run("--update", device).execute();
    }

    private static String guid(String device) {
        return Tool.of("blkid", "util-linux")
                .run("-p", "-o", "value", "-s", "UUID", device + "p2")
                .text()
                .strip();
    }

    /** Runs it as in an initramfs, whose root has what the script wants at its top; gives what it said and left. */
    private String run() throws IOException {
        Path root = Files.createDirectories(directory.resolve("root"));
        for (String name : List.of("scripts", "conf", "run", "usr", "dev", "sys", "proc", "etc")) {
            Files.createDirectories(root.resolve(name));
        }
        for (String name : List.of("bin", "sbin", "lib", "lib64")) {
            Files.createSymbolicLink(root.resolve(name), Path.of("usr/" + name));
        }
        Files.writeString(root.resolve("scripts/functions"), "wait_for_udev() { :; }\n");
        Files.writeString(root.resolve("scripts/root-disk"), InitramfsFile.ROOT_DISK.text());
        return Tool.of("unshare", "util-linux")
                .run(
                        "--mount",
                        "sh",
                        "-euc",
                        "cd \"$1\"; mount --rbind /usr usr; mount --rbind /etc etc; mount --rbind /dev dev; mount --rbind /sys sys;"
                                + " mount -t tmpfs none sys/firmware; mount -t proc proc proc; exec chroot . sh -ec"
                                + " 'sh /scripts/root-disk; cat /conf/param.conf; ls -l /run/firstboot'",
                        "initramfs",
                        root.toString())
                .env("ROOT", "ZFS=rpool/ROOT/original")
                .text();
    }
}
