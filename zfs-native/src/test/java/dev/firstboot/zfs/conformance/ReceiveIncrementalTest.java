package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.Lease;
import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsBusyException;
import dev.firstboot.zfs.error.ZfsExistsException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.live.Mounted;
import dev.firstboot.zfs.live.StreamsTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code lzc_receive} of incremental streams, and with force. */
class ReceiveIncrementalTest extends StreamsTest {
    private static final String TARGET = "fs2/received";
    private static final ReceiveOptions FORCE = ReceiveOptions.plain().force();

    @Test
    void recv_incremental() {
        Path full = full();
        Path incremental = incremental();
        received(full);
        receive(incremental, pool(TARGET + "@snap2"));
        assertThat(Mounted.isSame(pool("fs1@snap2"), pool(TARGET + "@snap2"), "two"))
                .isTrue();
    }

    @Test
    void recv_incremental_mounted_fs() {
        Path full = full();
        Path incremental = incremental();
        received(full);
        try (Mounted mounted = Mounted.of(pool(TARGET))) {
            receive(incremental, pool(TARGET + "@snap2"));
            assertThat(mounted.directory().resolve("two")).exists();
        }
    }

    @Test
    void recv_incremental_modified_fs() {
        Path full = full();
        Path incremental = incremental();
        received(full);
        Mounted.write(pool(TARGET), "other", SIZE);
        assertThat(refused(incremental, pool(TARGET + "@snap2")).errno()).isEqualTo(Errno.ETXTBSY);
    }

    @Test
    void recv_incremental_snapname_used() {
        Path full = full();
        Path incremental = incremental();
        received(full).snapshot("snap2");
        assertThat(refused(incremental, pool(TARGET + "@snap2"))).isInstanceOf(ZfsExistsException.class);
    }

    @Test
    void recv_incremental_more_recent_snap_with_no_changes() {
        Path full = full();
        Path incremental = incremental();
        received(full).snapshot("snap");
        receive(incremental, pool(TARGET + "@snap2"));
        assertExists(pool(TARGET + "@snap2"));
    }

    @Test
    void recv_incremental_non_clone_but_set_origin() {
        Path full = full();
        Path incremental = incremental();
        received(full).snapshot("snap");
        ReceiveOptions options = ReceiveOptions.plain().origin(zfs().snapshot(pool(TARGET + "@snap1")));
        assertThat(refused(incremental, pool(TARGET + "@snap2"), options).errno())
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void recv_incremental_non_clone_but_set_random_origin() {
        Path full = full();
        Path incremental = incremental();
        received(full).snapshot("snap");
        ReceiveOptions options = ReceiveOptions.plain().origin(zfs().snapshot(pool("fs2/fs@snap")));
        assertThat(refused(incremental, pool(TARGET + "@snap2"), options).errno())
                .isIn(Errno.EINVAL, Errno.ENOENT);
    }

    @Test
    void recv_incremental_more_recent_snap() {
        Path full = full();
        Path incremental = incremental();
        Dataset target = received(full);
        Mounted.write(pool(TARGET), "other", SIZE);
        target.snapshot("snap");
        assertThat(refused(incremental, pool(TARGET + "@snap2")).errno()).isEqualTo(Errno.ETXTBSY);
    }

    @Test
    void recv_incremental_duplicate() {
        Path full = full();
        Path incremental = incremental();
        received(full);
        receive(incremental, pool(TARGET + "@snap2"));
        assertThat(refused(incremental, pool(TARGET + "@snap")).errno()).isEqualTo(Errno.ETXTBSY);
    }

    @Test
    void recv_incremental_unrelated_fs() {
        full();
        Path incremental = incremental();
        zfs().createFilesystem(pool(TARGET));
        assertThat(refused(incremental, pool(TARGET + "@snap")).errno()).isEqualTo(Errno.ENODEV);
    }

    @Test
    void recv_incremental_nonexistent_fs() {
        full();
        Path incremental = incremental();
        assertThat(refused(incremental, pool(TARGET + "@snap")).errno()).isIn(Errno.ENOENT, Errno.EINVAL);
    }

    @Test
    void recv_incremental_same_fs() {
        full();
        Path incremental = incremental();
        assertThat(refused(incremental, pool("fs1@snap")).errno()).isEqualTo(Errno.ETXTBSY);
    }

    @Test
    void recv_incremental_into_cloned_fs() {
        Path full = full();
        Path incremental = incremental();
        received(full);
        zfs().snapshot(pool(TARGET + "@snap1")).cloneTo(pool("fs2/cloned"));
        assertThat(refused(incremental, pool("fs2/cloned@snap")).errno()).isEqualTo(Errno.ENODEV);
        assertThat(refused(incremental, pool("fs2/cloned@snap"), FORCE).errno()).isEqualTo(Errno.ENODEV);
    }

    @Test
    void force_recv_full_existing_fs() {
        Path full = full();
        zfs().createFilesystem(pool(TARGET));
        Mounted.write(pool(TARGET), "other", SIZE);
        receive(full, pool(TARGET + "@snap"), FORCE);
        assertThat(Mounted.isSame(pool("fs1"), pool(TARGET), "one")).isTrue();
    }

    @Test
    void force_recv_full_existing_modified_mounted_fs() {
        Path full = full();
        zfs().createFilesystem(pool(TARGET));
        try (Mounted mounted = Mounted.of(pool(TARGET))) {
            Files.writeString(mounted.directory().resolve("other"), "text");
            receive(full, pool(TARGET + "@snap"), FORCE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        try (Mounted mounted = Mounted.of(pool(TARGET))) {
            assertThat(mounted.directory().resolve("other")).doesNotExist();
            assertThat(mounted.directory().resolve("one")).exists();
        }
    }

    @Test
    void force_recv_full_already_existing_with_snapshots() {
        Path full = full();
        zfs().createFilesystem(pool(TARGET)).snapshot("snap1");
        receive(full, pool(TARGET + "@snap"), FORCE);
        assertThat(Mounted.isSame(pool("fs1"), pool(TARGET), "one")).isTrue();
    }

    @Test
    void force_recv_full_already_existing_with_same_snap() {
        Path full = full();
        zfs().createFilesystem(pool(TARGET)).snapshot("snap");
        assertThat(refused(full, pool(TARGET + "@snap"), FORCE)).isInstanceOf(ZfsExistsException.class);
    }

    @Test
    void force_recv_full_missing_parent_fs() {
        assertThat(refused(full(), pool("fs2/nonexistent/fs@snap"), FORCE)).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void force_recv_incremental_modified_fs() {
        Path full = full();
        Path incremental = incremental();
        received(full);
        Mounted.write(pool(TARGET), "other", SIZE);
        receive(incremental, pool(TARGET + "@snap2"), FORCE);
        assertThat(Mounted.isSame(pool("fs1"), pool(TARGET), "two")).isTrue();
    }

    @Test
    void force_recv_incremental_modified_mounted_fs() {
        Path full = full();
        Path incremental = incremental();
        received(full);
        try (Mounted mounted = Mounted.of(pool(TARGET))) {
            Files.writeString(mounted.directory().resolve("other"), "text");
            receive(incremental, pool(TARGET + "@snap2"), FORCE);
            assertThat(mounted.directory().resolve("other")).doesNotExist();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void force_recv_incremental_modified_fs_plus_later_snap() {
        Path full = full();
        Path incremental = incremental();
        Dataset target = received(full);
        Mounted.write(pool(TARGET), "other", SIZE);
        target.snapshot("snap");
        receive(incremental, pool(TARGET + "@snap2"), FORCE);
        assertExists(pool(TARGET + "@snap1"), pool(TARGET + "@snap2"));
        assertAbsent(pool(TARGET + "@snap"));
    }

    @Test
    void force_recv_incremental_modified_fs_plus_same_name_snap() {
        Path full = full();
        Path incremental = incremental();
        received(full).snapshot("snap2");
        assertThat(refused(incremental, pool(TARGET + "@snap2"), FORCE)).isInstanceOf(ZfsExistsException.class);
    }

    @Test
    void force_recv_incremental_modified_fs_plus_held_snap() {
        Path full = full();
        Path incremental = incremental();
        Dataset target = received(full);
        Mounted.write(pool(TARGET), "other", SIZE);
        target.snapshot("snap");
        try (Lease lease = zfs().lease()) {
            lease.hold(Map.of(pool(TARGET + "@snap"), "tag"));
            assertThat(refused(incremental, pool(TARGET + "@snap2"), FORCE)).isInstanceOf(ZfsBusyException.class);
        }
        assertExists(pool(TARGET + "@snap1"), pool(TARGET + "@snap"));
    }

    @Test
    void force_recv_incremental_modified_fs_plus_cloned_snap() {
        Path full = full();
        Path incremental = incremental();
        Dataset target = received(full);
        Mounted.write(pool(TARGET), "other", SIZE);
        target.snapshot("snap").cloneTo(pool("fs2/cloned"));
        assertThat(refused(incremental, pool(TARGET + "@snap2"), FORCE)).isInstanceOf(ZfsExistsException.class);
        assertExists(pool(TARGET + "@snap1"), pool(TARGET + "@snap"));
    }
}
