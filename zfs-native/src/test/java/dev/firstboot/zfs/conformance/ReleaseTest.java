package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Lease;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.live.PoolsTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code lzc_get_holds}, {@code lzc_release}. */
class ReleaseTest extends PoolsTest {
    private static final String TAG = "tag";

    private static Snapshot taken(String relative) {
        snapshot(pool(relative));
        return zfs().snapshot(pool(relative));
    }

    @Test
    void get_holds() {
        Snapshot snapshot = taken("@snap1");
        try (Lease lease = zfs().lease()) {
            lease.hold(Map.of(snapshot.name(), "tag1"));
            lease.hold(Map.of(snapshot.name(), "tag2"));
            assertThat(snapshot.holds()).containsOnlyKeys("tag1", "tag2");
            assertThat(Duration.between(snapshot.holds().get("tag1"), Instant.now()))
                    .isBetween(Duration.ZERO, Duration.ofMinutes(1));
        }
    }

    @Test
    void get_holds_after_auto_cleanup() {
        Snapshot snapshot = taken("@snap1");
        try (Lease lease = zfs().lease()) {
            lease.hold(Map.of(snapshot.name(), "tag1"));
        }
        assertThat(snapshot.holds()).isEmpty();
    }

    @Test
    void get_holds_nonexistent_snap() {
        assertThat(failure(() -> zfs().snapshot(pool("@snap1")).holds())).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void get_holds_too_long_snap_name() {
        assertInvalidName(() -> zfs().snapshot(tooLongName("@")));
        holdsRefused(tooLongName("@"));
    }

    @Test
    void get_holds_too_long_snap_name_2() {
        assertInvalidName(() -> zfs().snapshot(tooLongComponent("@")));
        holdsRefused(tooLongComponent("@"));
    }

    @Test
    void get_holds_invalid_snap_name() {
        assertInvalidName(() -> zfs().snapshot(pool("@snap1@bad")));
        holdsRefused(pool("@snap1@bad"));
    }

    /** The kernel answers for a filesystem as if it were a snapshot. */
    @Test
    void get_holds_invalid_snap_name_2() {
        assertInvalidName(() -> zfs().snapshot(pool("fs1")));
    }

    private static void holdsRefused(String name) {
        assertThat(failure(() -> SnapshotCalls.holds(name)).errno())
                .isIn(Errno.EINVAL, Errno.ENAMETOOLONG, Errno.ENOENT);
    }

    @Test
    void release_hold() {
        Snapshot snapshot = taken("@snap1");
        snapshot.hold(TAG);
        snapshot.release(TAG);
        assertThat(snapshot.holds()).isEmpty();
    }

    @Test
    void release_hold_empty() {
        assertThat(zfs().batch().release(Map.of())).isEmpty();
    }

    @Test
    void release_hold_complex() {
        Snapshot first = taken("@snap1");
        snapshot(pool("@snap2"), pool("fs1@snap1"));
        Snapshot second = zfs().snapshot(pool("@snap2"));
        Snapshot third = zfs().snapshot(pool("fs1@snap1"));
        first.hold("tag1");
        first.hold("tag2");
        second.hold(TAG);
        third.hold("tag1");
        third.hold("tag2");
        assertThat(zfs().batch()
                        .release(Map.of(
                                first.name(), List.of("tag1", "tag2"),
                                second.name(), List.of(TAG),
                                third.name(), List.of("tag2"))))
                .isEmpty();
        assertThat(first.holds()).isEmpty();
        assertThat(second.holds()).isEmpty();
        assertThat(third.holds()).containsOnlyKeys("tag1");
        third.release("tag1");
        assertThat(third.holds()).isEmpty();
    }

    @Test
    void release_hold_before_auto_cleanup() {
        Snapshot snapshot = taken("@snap1");
        try (Lease lease = zfs().lease()) {
            lease.hold(Map.of(snapshot.name(), TAG));
            snapshot.release(TAG);
            assertThat(snapshot.holds()).isEmpty();
        }
    }

    @Test
    void release_hold_and_snap_destruction() {
        Snapshot snapshot = taken("@snap1");
        try (Lease lease = zfs().lease()) {
            lease.hold(Map.of(snapshot.name(), "tag1"));
            lease.hold(Map.of(snapshot.name(), "tag2"));
            snapshot.destroyDeferred();
            assertExists(snapshot.name());
            snapshot.release("tag1");
            assertExists(snapshot.name());
            snapshot.release("tag2");
            assertAbsent(snapshot.name());
        }
    }

    @Test
    void release_hold_and_multiple_snap_destruction() {
        Snapshot snapshot = taken("@snap1");
        try (Lease lease = zfs().lease()) {
            lease.hold(Map.of(snapshot.name(), TAG));
            snapshot.destroyDeferred();
            snapshot.destroyDeferred();
            assertExists(snapshot.name());
            snapshot.release(TAG);
            assertAbsent(snapshot.name());
        }
    }

    @Test
    void release_hold_missing_tag() {
        Snapshot snapshot = taken("@snap1");
        assertThat(zfs().batch().release(Map.of(snapshot.name(), List.of(TAG))))
                .containsExactly(new ItemFailure(snapshot.name() + "#" + TAG, Errno.ENOENT));
        assertThat(failure(() -> snapshot.release(TAG))).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void release_hold_missing_snap() {
        assertThat(zfs().batch().release(Map.of(pool("@snap1"), List.of(TAG))))
                .extracting(ItemFailure::item)
                .containsExactly(pool("@snap1"));
    }

    @Test
    void release_hold_missing_snap_2() {
        assertThat(zfs().batch().release(Map.of(pool("@snap1"), List.of(TAG, "another"))))
                .extracting(ItemFailure::item)
                .containsExactly(pool("@snap1"));
    }

    @Test
    void release_hold_across_pools() {
        snapshot(pool("@snap1"));
        snapshot(misc("@snap1"));
        try (Lease lease = zfs().lease()) {
            lease.hold(Map.of(pool("@snap1"), TAG));
            lease.hold(Map.of(misc("@snap1"), TAG));
            assertThat(failure(() -> zfs().batch()
                                    .release(Map.of(pool("@snap1"), List.of(TAG), misc("@snap1"), List.of(TAG))))
                            .errno())
                    .isIn(Errno.EXDEV, Errno.EINVAL);
        }
    }

    @Test
    void release_hold_too_long_tag() {
        Snapshot snapshot = taken("@snap1");
        assertInvalidName(() -> snapshot.release("t".repeat(256)));
    }

    @Test
    void release_hold_too_long_snap_name() {
        assertInvalidName(() -> zfs().batch().release(Map.of(tooLongName("@"), List.of(TAG))));
    }

    @Test
    void release_hold_too_long_snap_name_2() {
        releaseRefused(tooLongComponent("@"));
    }

    @Test
    void release_hold_invalid_snap_name() {
        releaseRefused(pool("@snap1@bad"));
    }

    @Test
    void release_hold_invalid_snap_name_2() {
        releaseRefused(pool("fs1"));
    }

    private static void releaseRefused(String name) {
        Map<String, List<String>> tags = Map.of(name, List.of(TAG));
        assertInvalidName(() -> zfs().batch().release(tags));
        assertThat(failure(() -> SnapshotCalls.release(tags)).errno()).isIn(Errno.EINVAL, Errno.ENAMETOOLONG);
    }
}
