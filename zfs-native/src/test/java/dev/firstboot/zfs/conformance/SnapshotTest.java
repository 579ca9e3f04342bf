package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.error.ZfsExistsException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.error.ZfsReadOnlyException;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.live.PoolsTest;
import dev.firstboot.zfs.nvlist.NvList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code lzc_snapshot}. */
class SnapshotTest extends PoolsTest {
    @Test
    void snapshot() {
        snapshot(pool("@snap"));
        assertExists(pool("@snap"));
    }

    @Test
    void snapshot_empty_list() {
        zfs().takeSnapshots(group -> {});
    }

    @Test
    void snapshot_user_props() {
        zfs().takeSnapshots(group -> group.addSnapshot(pool("@snap")).property("user:foo", "bar"));
        assertThat(zfs().snapshot(pool("@snap")).properties().user()).containsEntry("user:foo", "bar");
    }

    @Test
    void snapshot_invalid_props() {
        assertThat(failure(() -> zfs().takeSnapshots(group ->
                                group.addSnapshot(pool("@snap")).property("foo", "bar")))
                        .errno())
                .isEqualTo(Errno.EINVAL);
        assertAbsent(pool("@snap"));
    }

    @Test
    void snapshot_ro_pool() {
        assertThat(failure(() -> snapshot(readOnly("@snap"), readOnly("fs1@snap"))))
                .isInstanceOf(ZfsReadOnlyException.class);
        assertAbsent(readOnly("@snap"), readOnly("fs1@snap"));
    }

    @Test
    void snapshot_nonexistent_pool() {
        assertThat(failure(() -> snapshot("no-such-pool@snap"))).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void snapshot_nonexistent_fs() {
        ZfsCallException failure = failure(() -> snapshot(pool("nonexistent@snap")));
        assertThat(failure).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void snapshot_nonexistent_and_existent_fs() {
        ZfsCallException failure = failure(() -> snapshot(pool("@snap"), pool("nonexistent@snap")));
        assertThat(failure.errnoOf(pool("nonexistent@snap"))).hasValue(Errno.ENOENT);
        assertThat(failure.items()).hasSize(1);
        assertAbsent(pool("@snap"), pool("nonexistent@snap"));
    }

    @Test
    void multiple_snapshots_nonexistent_fs() {
        assertThat(failure(() -> snapshot(pool("nonexistent@snap1"), pool("nonexistent@snap2")))
                        .errno())
                .isEqualTo(Errno.EXDEV);
    }

    @Test
    void multiple_snapshots_multiple_nonexistent_fs() {
        ZfsCallException failure = failure(() -> snapshot(pool("nonexistent1@snap"), pool("nonexistent2@snap")));
        assertThat(failure.items())
                .containsExactlyInAnyOrder(
                        new ItemFailure(pool("nonexistent1@snap"), Errno.ENOENT),
                        new ItemFailure(pool("nonexistent2@snap"), Errno.ENOENT));
    }

    @Test
    void snapshot_already_exists() {
        snapshot(pool("@snap"));
        ZfsCallException failure = failure(() -> snapshot(pool("@snap")));
        assertThat(failure)
                .isInstanceOf(ZfsExistsException.class)
                .hasMessageStartingWith("lzc_snapshot(normal@snap) failed: EEXIST (17): already exists [normal@snap: ");
        assertThat(failure.items()).hasSize(1);
    }

    @Test
    void multiple_snapshots_for_same_fs() {
        assertThat(failure(() -> snapshot(pool("@snap1"), pool("@snap2"))).errno())
                .isEqualTo(Errno.EXDEV);
        assertAbsent(pool("@snap1"), pool("@snap2"));
    }

    @Test
    void multiple_snapshots() {
        snapshot(pool("@snap"), pool("fs1@snap"));
        assertExists(pool("@snap"), pool("fs1@snap"));
        assertThat(zfs().snapshot(pool("@snap")).properties().createTxg())
                .isEqualTo(zfs().snapshot(pool("fs1@snap")).properties().createTxg());
    }

    @Test
    void multiple_existing_snapshots() {
        snapshot(pool("@snap"), pool("fs1@snap"));
        ZfsCallException failure = failure(() -> snapshot(pool("@snap"), pool("fs1@snap")));
        assertThat(failure.items()).extracting(ItemFailure::errno).containsExactly(Errno.EEXIST, Errno.EEXIST);
    }

    @Test
    void multiple_new_and_existing_snapshots() {
        snapshot(pool("@snap"), pool("fs1@snap"));
        ZfsCallException failure = failure(() -> snapshot(pool("@snap"), pool("fs1@snap"), pool("fs2@snap")));
        assertThat(failure.items()).extracting(ItemFailure::errno).containsExactly(Errno.EEXIST, Errno.EEXIST);
        assertAbsent(pool("fs2@snap"));
    }

    @Test
    void snapshot_multiple_errors() {
        snapshot(pool("@snap"));
        ZfsCallException failure = failure(() -> snapshot(pool("@snap"), pool("nonexistent@snap"), pool("fs1@snap")));
        assertThat(failure.items()).isNotEmpty().extracting(ItemFailure::errno).isSubsetOf(Errno.EEXIST, Errno.ENOENT);
        assertAbsent(pool("nonexistent@snap"), pool("fs1@snap"));
    }

    @Test
    void snapshot_different_pools() {
        assertThat(failure(() -> snapshot(pool("@snap"), misc("@snap"))).errno())
                .isEqualTo(Errno.EXDEV);
        assertAbsent(pool("@snap"), misc("@snap"));
    }

    @Test
    void snapshot_different_pools_ro_pool() {
        assertThat(failure(() -> snapshot(pool("@snap"), readOnly("@snap"))).errno())
                .isIn(Errno.EXDEV, Errno.EROFS);
        assertAbsent(pool("@snap"), readOnly("@snap"));
    }

    @Test
    void snapshot_invalid_name() {
        assertInvalidName(() -> snapshot(pool("@bad&name"), pool("fs2@snap")));
        refused(pool("@bad&name"), pool("fs1@bad*name"), pool("fs2@snap"));
        assertAbsent(pool("fs2@snap"));
    }

    @Test
    void snapshot_too_long_complete_name() {
        assertInvalidName(() -> snapshot(tooLongName("fs1@"), pool("@snap")));
        refused(tooLongName("fs1@"), tooLongName("fs2@"), pool("@snap"));
        assertAbsent(pool("@snap"));
    }

    @Test
    void snapshot_too_long_snap_name() {
        assertInvalidName(() -> snapshot(tooLongComponent("fs1@"), pool("@snap")));
        refused(tooLongComponent("fs1@"), tooLongComponent("fs2@"), pool("@snap"));
        assertAbsent(pool("@snap"));
    }

    /** Past our own checks: the kernel refuses it too, and nothing aborts. */
    private static void refused(String... names) {
        assertThat(failure(() -> SnapshotCalls.snapshot(List.of(names), NvList.empty()))
                        .errno())
                .isIn(Errno.EINVAL, Errno.ENAMETOOLONG);
    }
}
