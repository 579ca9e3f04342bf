package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.LiveZfs;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamTarget;
import dev.firstboot.zfs.Zfs;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsCallException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool whose device stopped taking what is written: it is in a file on a file system that is full before the pool is. */
@LiveZfs
class SuspendedPoolTest {
    private static final String POOL = "halting";
    private static final int TRIES = 300;

    private final Zfs zfs = Zfs.open();

    @TempDir
    private Path directory;

    @BeforeEach
    void make() {
        Commands.run("mount", "-t", "tmpfs", "-o", "size=40m", "small", directory.toString());
        TestPool.make(POOL, directory.resolve("halting.zpool"), 256 << 20);
    }

    @AfterEach
    void end() {
        Commands.run("zpool", "destroy", "-f", POOL);
        Commands.run("umount", directory.toString());
    }

    private void awaitHealth(String health) throws InterruptedException {
        String now = "";
        for (int i = 0; i < TRIES; i++) {
            now = Commands.run("zpool", "list", "-H", "-o", "health", POOL).strip();
            if (now.equals(health)) {
                return;
            }
            Thread.sleep(100);
        }
        Assertions.fail("the pool is " + now + ", not " + health);
    }

    private static void assertSuspended(ThrowingCallable call) {
        assertThat(Assertions.catchThrowableOfType(ZfsCallException.class, call))
                .isNotNull()
                .satisfies(failure -> assertThat(failure.errno()).isEqualTo(Errno.EAGAIN))
                .hasMessageContaining("suspended");
    }

    @Test
    void calls_whileThePoolIsSuspended_areRefusedAndGoAgainWhenItIsCleared() throws Exception {
        Dataset root = zfs.dataset(POOL);
        Snapshot before = root.snapshot("before");
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        root.mountAt(mounted);
        Process writer = new ProcessBuilder(
                        "dd", "if=/dev/urandom", "of=" + mounted.resolve("file"), "bs=1M", "count=60")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        awaitHealth("SUSPENDED");

        assertSuspended(() -> root.snapshot("now"));
        assertSuspended(() -> root.set("atime", "off"));
        assertSuspended(() -> zfs.createFilesystem(POOL + "/fs"));
        assertSuspended(before::destroy);
        assertSuspended(() -> before.send(SendOptions.full(), StreamTarget.file(directory.resolve("stream"))));
        assertThat(zfs.pools()).extracting(Object::toString).contains(POOL);

        Commands.run("mount", "-o", "remount,size=200m", directory.toString());
        Commands.run("zpool", "clear", POOL);
        awaitHealth("ONLINE");
        assertThat(writer.waitFor()).isZero();
        assertThat(List.of(root.snapshot("now").exists(), before.exists())).containsOnly(true);
        root.unmount();
    }
}
