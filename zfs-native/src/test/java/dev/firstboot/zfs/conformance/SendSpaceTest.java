package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.internal.ffi.SendCalls;
import dev.firstboot.zfs.live.Mounted;
import dev.firstboot.zfs.live.PoolsTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code lzc_send_space}. */
class SendSpaceTest extends PoolsTest {
    private static Snapshot taken(String name) {
        snapshot(name);
        return zfs().snapshot(name);
    }

    private static long space(Snapshot snapshot, @Nullable Snapshot from) {
        return snapshot.estimate(from == null ? SendOptions.full() : SendOptions.since(from));
    }

    @Test
    void send_space() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot second = taken(pool("fs1@snap2"));
        Snapshot third = taken(pool("fs1@snap"));
        assertThat(space(second, first)).isLessThan(100_000);
        assertThat(space(third, first)).isLessThan(100_000);
        assertThat(space(first, null)).isPositive();
        assertThat(space(third, null)).isEqualTo(space(first, null));
    }

    @Test
    void send_space_2() {
        Snapshot first = taken(pool("fs1@snap1"));
        Mounted.write(pool("fs1"), "file", 1 << 20);
        Snapshot second = taken(pool("fs1@snap2"));
        assertThat(space(second, first)).isGreaterThan(1 << 20);
        assertThat(space(second, null)).isGreaterThan(1 << 20);
        assertThat(space(first, null)).isLessThan(1 << 20);
    }

    @Test
    void send_space_same_snap() {
        Snapshot snapshot = taken(pool("fs1@snap1"));
        mismatch(snapshot, snapshot);
    }

    @Test
    void send_space_wrong_order() {
        Snapshot first = taken(pool("fs1@snap1"));
        mismatch(first, taken(pool("fs1@snap2")));
    }

    @Test
    void send_space_unrelated() {
        Snapshot first = taken(pool("fs1@snap1"));
        mismatch(first, taken(pool("fs2@snap2")));
    }

    @Test
    void send_space_across_pools() {
        Snapshot first = taken(pool("fs1@snap1"));
        mismatch(first, taken(misc("@snap2")));
    }

    private static void mismatch(Snapshot snapshot, Snapshot from) {
        assertThat(failure(() -> space(snapshot, from)).errno()).isEqualTo(Errno.EXDEV);
    }

    @Test
    void send_space_nonexistent() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot missing = zfs().snapshot(pool("fs1@snap2"));
        assertThat(failure(() -> space(first, missing))).isInstanceOf(ZfsNotFoundException.class);
        assertThat(failure(() -> space(missing, first))).isInstanceOf(ZfsNotFoundException.class);
        assertThat(failure(() -> space(missing, null))).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void send_space_invalid_name() {
        Snapshot first = taken(pool("fs1@snap1"));
        assertInvalidName(() -> zfs().snapshot(pool("fs1@sn!p")));
        refused(pool("fs1@sn!p"), first.name());
        refused(first.name(), pool("fs1@sn!p"));
        refused(pool("fs1@sn!p"), null);
    }

    @Test
    void send_space_not_snap() {
        Snapshot first = taken(pool("fs1@snap1"));
        refused(first.name(), pool("fs1"));
        refused(pool("fs1"), first.name());
        refused(pool("fs1"), null);
    }

    @Test
    void send_space_not_snap_2() {
        Snapshot first = taken(pool("fs1@snap1"));
        refused(pool("fs1#bmark"), first.name());
        refused(pool("fs1#bmark"), null);
    }

    private static void refused(String snapshot, @Nullable String from) {
        SendCalls.Spec spec = new SendCalls.Spec(snapshot, from, 0, 0, 0, null);
        assertThat(failure(() -> SendCalls.space(spec, 0)).errno()).isIn(Errno.EINVAL, Errno.ENOENT, Errno.EXDEV);
    }
}
