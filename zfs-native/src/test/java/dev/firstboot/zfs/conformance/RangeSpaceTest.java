package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.live.Mounted;
import dev.firstboot.zfs.live.PoolsTest;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** {@code lzc_snaprange_space}. */
class RangeSpaceTest extends PoolsTest {
    private static final int MIB = 1 << 20;

    private static Snapshot taken(String name) {
        snapshot(name);
        return zfs().snapshot(name);
    }

    @Test
    void snaprange_space() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot second = taken(pool("fs1@snap2"));
        Snapshot third = taken(pool("fs1@snap"));
        assertThat(second.spaceSince(first)).isZero();
        assertThat(third.spaceSince(second)).isZero();
        assertThat(third.spaceSince(first)).isZero();
    }

    @Test
    void snaprange_space_2() {
        Snapshot first = taken(pool("fs1@snap1"));
        Mounted.write(pool("fs1"), "file", MIB);
        Snapshot second = taken(pool("fs1@snap2"));
        deleteFile();
        Snapshot third = taken(pool("fs1@snap"));
        assertThat(second.spaceSince(first)).isGreaterThan(MIB);
        assertThat(third.spaceSince(second)).isGreaterThan(MIB);
        assertThat(third.spaceSince(first)).isGreaterThan(MIB);
    }

    @Test
    void snaprange_space_same_snap() {
        Mounted.write(pool("fs1"), "file", MIB);
        Snapshot only = taken(pool("fs1@snap"));
        deleteFile();
        assertThat(only.spaceSince(only)).isGreaterThan(MIB).isCloseTo(MIB, Percentage.withPercentage(10));
    }

    private static void deleteFile() {
        try (Mounted mounted = Mounted.of(pool("fs1"))) {
            assertThat(mounted.directory().resolve("file").toFile().delete()).isTrue();
        }
    }

    @Test
    void snaprange_space_wrong_order() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot second = taken(pool("fs1@snap2"));
        assertThat(failure(() -> first.spaceSince(second)).errno()).isIn(Errno.EINVAL, Errno.EXDEV);
    }

    @Test
    void snaprange_space_unrelated() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot second = taken(pool("fs2@snap2"));
        assertThat(failure(() -> second.spaceSince(first)).errno()).isIn(Errno.EINVAL, Errno.EXDEV);
    }

    @Test
    void snaprange_space_across_pools() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot second = taken(misc("@snap2"));
        assertThat(failure(() -> second.spaceSince(first)).errno()).isIn(Errno.EINVAL, Errno.EXDEV);
    }

    @Test
    void snaprange_space_nonexistent() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot second = zfs().snapshot(pool("fs1@snap2"));
        assertThat(failure(() -> second.spaceSince(first)))
                .isInstanceOf(ZfsNotFoundException.class)
                .hasMessageContaining("fs1@snap2");
        assertThat(failure(() -> first.spaceSince(second))).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void snaprange_space_invalid_name() {
        refused(pool("fs1@snap1"), pool("fs1@sn#p"));
    }

    @Test
    void snaprange_space_not_snap() {
        refused(pool("fs1@snap1"), pool("fs1"));
        refused(pool("fs1"), pool("fs1@snap1"));
    }

    @Test
    void snaprange_space_not_snap_2() {
        refused(pool("fs1@snap1"), pool("fs1#bmark"));
        refused(pool("fs1#bmark"), pool("fs1@snap1"));
    }

    private static void refused(String first, String last) {
        if (!zfs().exists(pool("fs1@snap1"))) {
            taken(pool("fs1@snap1"));
        }
        assertInvalidName(() -> zfs().snapshot(last).spaceSince(zfs().snapshot(first)));
        assertThat(failure(() -> SnapshotCalls.rangeSpace(first, last)).errno()).isIn(Errno.EINVAL, Errno.ENOENT);
    }
}
