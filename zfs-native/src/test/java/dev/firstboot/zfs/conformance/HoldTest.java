package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Lease;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.error.ZfsBusyException;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.error.ZfsExistsException;
import dev.firstboot.zfs.internal.ffi.CleanupDevice;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.live.PoolsTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code lzc_hold}. */
class HoldTest extends PoolsTest {
    private static final String TAG = "tag";

    private static String snap() {
        snapshot(pool("@snap1"));
        return pool("@snap1");
    }

    @Test
    void hold_bad_fd() {
        badDescriptor(1000);
    }

    @Test
    void hold_bad_fd_2() {
        badDescriptor(-2);
    }

    @Test
    void hold_bad_fd_3() {
        badDescriptor(Integer.MAX_VALUE);
    }

    /** One that is open, on something else. */
    @Test
    void hold_wrong_fd() {
        badDescriptor(0);
    }

    private static void badDescriptor(int fd) {
        String snapshot = snap();
        assertThat(failure(() -> SnapshotCalls.hold(Map.of(snapshot, TAG), fd)).errno())
                .isEqualTo(Errno.EBADF);
    }

    @Test
    void hold_fd() {
        String snapshot = snap();
        try (Lease lease = zfs().lease()) {
            assertThat(lease.hold(Map.of(snapshot, TAG))).isEmpty();
            assertThat(zfs().snapshot(snapshot).holds()).containsOnlyKeys(TAG);
        }
        assertThat(zfs().snapshot(snapshot).holds()).isEmpty();
    }

    @Test
    void hold_empty() {
        try (Lease lease = zfs().lease()) {
            assertThat(lease.hold(Map.of())).isEmpty();
        }
    }

    @Test
    void hold_empty_2() {
        assertThat(zfs().batch().hold(Map.of())).isEmpty();
    }

    @Test
    void hold_vs_snap_destroy() {
        String snapshot = snap();
        try (Lease lease = zfs().lease()) {
            lease.hold(Map.of(snapshot, TAG));
            assertThat(failure(() -> zfs().snapshot(snapshot).destroy())).isInstanceOf(ZfsBusyException.class);
            zfs().snapshot(snapshot).destroyDeferred();
            assertExists(snapshot);
        }
        assertAbsent(snapshot);
    }

    @Test
    void hold_many_tags() {
        String snapshot = snap();
        try (Lease lease = zfs().lease()) {
            lease.hold(Map.of(snapshot, "tag1"));
            lease.hold(Map.of(snapshot, "tag2"));
            assertThat(zfs().snapshot(snapshot).holds()).containsOnlyKeys("tag1", "tag2");
        }
    }

    @Test
    void hold_many_snaps() {
        snapshot(pool("@snap1"));
        snapshot(pool("@snap2"));
        try (Lease lease = zfs().lease()) {
            assertThat(lease.hold(Map.of(pool("@snap1"), TAG, pool("@snap2"), TAG)))
                    .isEmpty();
        }
    }

    @Test
    void hold_many_with_one_missing() {
        snapshot(pool("@snap1"));
        try (Lease lease = zfs().lease()) {
            assertThat(lease.hold(Map.of(pool("@snap1"), TAG, pool("@snap2"), TAG)))
                    .containsExactly(new ItemFailure(pool("@snap2"), Errno.ENOENT));
        }
    }

    @Test
    void hold_many_with_all_missing() {
        try (Lease lease = zfs().lease()) {
            assertThat(lease.hold(Map.of(pool("@snap1"), TAG, pool("@snap2"), TAG)))
                    .extracting(ItemFailure::item)
                    .containsExactlyInAnyOrder(pool("@snap1"), pool("@snap2"));
        }
    }

    @Test
    void hold_missing_fs() {
        assertThat(zfs().batch().hold(Map.of(pool("fs6@snap1"), TAG)))
                .extracting(ItemFailure::item)
                .containsExactly(pool("fs6@snap1"));
    }

    @Test
    void hold_missing_fs_auto_cleanup() {
        try (Lease lease = zfs().lease()) {
            assertThat(lease.hold(Map.of(pool("fs6@snap1"), TAG)))
                    .extracting(ItemFailure::item)
                    .containsExactly(pool("fs6@snap1"));
        }
    }

    @Test
    void hold_duplicate() {
        String snapshot = snap();
        try (Lease lease = zfs().lease()) {
            lease.hold(Map.of(snapshot, TAG));
            assertThat(failure(() -> lease.hold(Map.of(snapshot, TAG)))).isInstanceOf(ZfsExistsException.class);
        }
    }

    @Test
    void hold_across_pools() {
        snapshot(pool("@snap1"));
        snapshot(misc("@snap1"));
        Map<String, String> tags = Map.of(pool("@snap1"), TAG, misc("@snap1"), TAG);
        try (Lease lease = zfs().lease()) {
            ZfsCallException failure = failure(() -> lease.hold(tags));
            assertThat(failure.errno()).isIn(Errno.EXDEV, Errno.EINVAL);
        }
        assertThat(zfs().snapshot(pool("@snap1")).holds()).isEmpty();
    }

    /** Past our own check only with a lease: without one, a tag of 256 bytes makes the kernel of OpenZFS 2.3 panic. */
    @Test
    void hold_too_long_tag() {
        String snapshot = snap();
        Map<String, String> tags = Map.of(snapshot, "t".repeat(256));
        assertInvalidName(() -> zfs().batch().hold(tags));
        try (CleanupDevice device = CleanupDevice.open()) {
            assertThat(failure(() -> device.use(fd -> SnapshotCalls.hold(tags, fd)))
                            .errno())
                    .isEqualTo(Errno.E2BIG);
        }
        Map<String, String> longest = Map.of(snapshot, "t".repeat(255));
        assertThat(zfs().batch().hold(longest)).isEmpty();
        assertThat(zfs().snapshot(snapshot).holds()).hasSize(1);
    }

    /** The kernel takes it for one that is missing. */
    @Test
    void hold_too_long_snap_name() {
        assertInvalidName(() -> zfs().batch().hold(Map.of(tooLongName("@"), TAG)));
    }

    @Test
    void hold_too_long_snap_name_2() {
        refused(tooLongComponent("@"));
    }

    @Test
    void hold_invalid_snap_name() {
        refused(pool("@snap1@bad"));
    }

    @Test
    void hold_invalid_snap_name_2() {
        refused(pool("fs1"));
    }

    private static void refused(String name) {
        assertInvalidName(() -> zfs().batch().hold(Map.of(name, TAG)));
        assertThat(failure(() -> SnapshotCalls.hold(Map.of(name, TAG), SnapshotCalls.NONE))
                        .errno())
                .isIn(Errno.EINVAL, Errno.ENAMETOOLONG);
    }
}
