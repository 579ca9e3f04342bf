package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsExistsException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.internal.ffi.DatasetCalls;
import dev.firstboot.zfs.live.PoolsTest;
import org.junit.jupiter.api.Test;

/** {@code lzc_rollback}, {@code lzc_rollback_to}. */
class RollbackTest extends PoolsTest {
    private static Dataset fs1() {
        return zfs().dataset(pool("fs1"));
    }

    @Test
    void rollback() {
        snapshot(pool("fs1@snap"));
        assertThat(fs1().rollback().name()).isEqualTo(pool("fs1@snap"));
    }

    @Test
    void rollback_2() {
        snapshot(pool("fs1@snap1"));
        snapshot(pool("fs1@snap2"));
        assertThat(fs1().rollback().name()).isEqualTo(pool("fs1@snap2"));
    }

    @Test
    void rollback_no_snaps() {
        assertThat(failure(() -> fs1().rollback()).errno()).isEqualTo(Errno.ESRCH);
    }

    @Test
    void rollback_non_existent_fs() {
        assertThat(failure(() -> zfs().dataset(pool("nonexistent")).rollback()))
                .isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void rollback_invalid_fs_name() {
        assertInvalidName(() -> zfs().dataset(pool("bad~name")));
        refused(pool("bad~name"));
    }

    @Test
    void rollback_snap_name() {
        assertInvalidName(() -> zfs().dataset(pool("fs1@snap")));
        refused(pool("fs1@snap"));
    }

    @Test
    void rollback_snap_name_2() {
        snapshot(pool("fs1@snap"));
        assertInvalidName(() -> zfs().dataset(pool("fs1@snap")));
        refused(pool("fs1@snap"));
    }

    @Test
    void rollback_too_long_fs_name() {
        assertInvalidName(() -> zfs().dataset(tooLongName("x")));
        refused(tooLongName("x"));
    }

    private static void refused(String name) {
        assertThat(failure(() -> DatasetCalls.rollback(name)).errno())
                .isIn(Errno.EINVAL, Errno.ENOENT, Errno.ENAMETOOLONG);
    }

    @Test
    void rollback_to_snap_name() {
        snapshot(pool("fs1@snap"));
        fs1().rollbackTo(zfs().snapshot(pool("fs1@snap")));
    }

    @Test
    void rollback_to_not_latest() {
        snapshot(pool("fs1@snap1"));
        snapshot(pool("fs1@snap2"));
        assertThat(failure(() -> fs1().rollbackTo(zfs().snapshot(pool("fs1@snap1")))))
                .isInstanceOf(ZfsExistsException.class);
    }
}
