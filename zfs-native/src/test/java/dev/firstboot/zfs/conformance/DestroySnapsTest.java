package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.live.Commands;
import dev.firstboot.zfs.live.PoolsTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lzc_destroy_snaps}. */
class DestroySnapsTest extends PoolsTest {
    @Test
    void destroy_nonexistent_snapshot() {
        zfs().batch().destroy(List.of(pool("@nonexistent")));
        zfs().batch().destroyDeferred(List.of(pool("@nonexistent")));
    }

    @Test
    void destroy_snapshot_of_nonexistent_pool() {
        assertThat(failure(() -> zfs().batch().destroy(List.of("no-such-pool@snap"))))
                .isInstanceOf(ZfsNotFoundException.class);
        assertThat(failure(() -> zfs().batch().destroyDeferred(List.of("no-such-pool@snap"))))
                .isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void destroy_snapshot_of_nonexistent_fs() {
        zfs().batch().destroy(List.of(pool("nonexistent@snap")));
        zfs().batch().destroyDeferred(List.of(pool("nonexistent@snap")));
    }

    @Test
    void destroy_invalid_snap_name() {
        assertInvalidName(() -> zfs().batch().destroy(List.of(pool("@non$&*existent"))));
        assertInvalidName(() -> zfs().batch().destroyDeferred(List.of(pool("@non$&*existent"))));
    }

    @Test
    void destroy_too_long_full_snap_name() {
        assertInvalidName(() -> zfs().batch().destroy(List.of(tooLongName("fs1@"))));
        assertInvalidName(() -> zfs().batch().destroyDeferred(List.of(tooLongName("fs1@"))));
    }

    @Test
    void destroy_too_long_short_snap_name() {
        List<String> names = List.of(tooLongComponent("fs1@"), tooLongComponent("fs2@"), pool("@snap"));
        assertInvalidName(() -> zfs().batch().destroy(names));
        assertThat(failure(() -> SnapshotCalls.destroy(names, false)).errno()).isIn(Errno.EINVAL, Errno.ENAMETOOLONG);
    }

    /** Mounted where it mounts by itself. */
    @Test
    void destroy_mounted_snap(@TempDir Path directory) throws IOException {
        snapshot(pool("fs1@snap"));
        Commands.run("mount", "-t", "zfs", pool("fs1"), directory.toString());
        try {
            try (var entries = Files.list(directory.resolve(".zfs/snapshot/snap"))) {
                assertThat(entries).isEmpty();
            }
            assertThat(Files.readString(Path.of("/proc/mounts"))).contains(pool("fs1@snap"));
            zfs().snapshot(pool("fs1@snap")).destroy();
            assertAbsent(pool("fs1@snap"));
        } finally {
            Commands.run("umount", directory.toString());
        }
    }
}
