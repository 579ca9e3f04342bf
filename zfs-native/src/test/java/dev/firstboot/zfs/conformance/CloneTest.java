package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.error.ZfsExistsException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.internal.ffi.DatasetCalls;
import dev.firstboot.zfs.live.PoolsTest;
import dev.firstboot.zfs.nvlist.NvList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code lzc_clone}, and {@code lzc_destroy_snaps} of what was cloned. */
class CloneTest extends PoolsTest {
    private static Snapshot taken(String relative) {
        snapshot(pool(relative));
        return zfs().snapshot(pool(relative));
    }

    @Test
    void clone_() {
        taken("fs2@origin").cloneTo(pool("fs1/fs/clone1"));
        assertThat(zfs().dataset(pool("fs1/fs/clone1")).properties().origin()).hasValue(pool("fs2@origin"));
    }

    @Test
    void clone_nonexistent_snapshot() {
        assertThat(failure(() -> zfs().snapshot(pool("fs2@nonexistent")).cloneTo(pool("fs1/fs/clone2"))))
                .isInstanceOf(ZfsNotFoundException.class);
        assertAbsent(pool("fs1/fs/clone2"));
    }

    @Test
    void clone_nonexistent_parent_fs() {
        Snapshot origin = taken("fs2@origin");
        assertThat(failure(() -> origin.cloneTo(pool("fs1/nonexistent/clone3"))))
                .isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void clone_to_nonexistent_pool() {
        Snapshot origin = taken("fs2@snap");
        assertThat(failure(() -> origin.cloneTo("no-such-pool/fs"))).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void clone_invalid_snap_name() {
        assertInvalidName(() -> zfs().snapshot(pool("fs1/fs")).cloneTo(pool("fs2/clone")));
        refused(pool("fs1/fs"), pool("fs2/clone"));
    }

    @Test
    void clone_invalid_snap_name_2() {
        assertInvalidName(() -> zfs().snapshot(pool("fs1/nonexistent")).cloneTo(pool("fs2/clone")));
        refused(pool("fs1/nonexistent"), pool("fs2/clone"));
    }

    @Test
    void clone_invalid_name() {
        Snapshot origin = taken("fs2@snap");
        assertInvalidName(() -> origin.cloneTo(pool("fs1/bad#name")));
        refused(origin.name(), pool("fs1/bad#name"));
    }

    @Test
    void clone_invalid_pool_name() {
        Snapshot origin = taken("fs2@snap");
        assertInvalidName(() -> origin.cloneTo("bad!pool/fs1"));
        refused(origin.name(), "bad!pool/fs1");
    }

    private static void refused(String origin, String name) {
        assertThat(failure(() -> DatasetCalls.clone(name, origin, NvList.empty()))
                        .errno())
                .isIn(Errno.EINVAL, Errno.ENOENT);
    }

    @Test
    void clone_across_pools() {
        Snapshot origin = taken("fs2@snap");
        assertThat(failure(() -> origin.cloneTo(misc("clone1"))).errno()).isEqualTo(Errno.EXDEV);
        assertAbsent(misc("clone1"));
    }

    @Test
    void clone_across_pools_to_ro_pool() {
        Snapshot origin = taken("fs2@snap");
        assertThat(failure(() -> origin.cloneTo(readOnly("fs1/clone1"))).errno())
                .isIn(Errno.EROFS, Errno.EXDEV);
    }

    @Test
    void destroy_cloned_fs() {
        snapshot(pool("fs2@origin4"), pool("fs1@snap"));
        zfs().snapshot(pool("fs2@origin4")).cloneTo(pool("fs1/fs/clone4"));
        List<String> snapshots = List.of(pool("fs2@origin4"), pool("fs1@snap"));
        ZfsCallException failure = failure(() -> zfs().batch().destroy(snapshots));
        assertThat(failure).isInstanceOf(ZfsExistsException.class);
        assertThat(failure.items()).hasSize(1);
        assertThat(failure.errnoOf(pool("fs2@origin4"))).hasValue(Errno.EEXIST);
        assertExists(snapshots.get(0), snapshots.get(1));
    }

    @Test
    void deferred_destroy_cloned_fs() {
        snapshot(pool("fs2@origin5"), pool("fs1@snap"));
        zfs().snapshot(pool("fs2@origin5")).cloneTo(pool("fs1/fs/clone5"));
        zfs().batch().destroyDeferred(List.of(pool("fs2@origin5"), pool("fs1@snap")));
        assertExists(pool("fs2@origin5"));
        assertAbsent(pool("fs1@snap"));
    }
}
