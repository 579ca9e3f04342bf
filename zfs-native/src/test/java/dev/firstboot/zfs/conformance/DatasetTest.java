package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsExistsException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.internal.ffi.DatasetCalls;
import dev.firstboot.zfs.live.PoolsTest;
import org.junit.jupiter.api.Test;

/** {@code lzc_exists}, {@code lzc_destroy}, {@code lzc_rename}, {@code lzc_promote}. */
class DatasetTest extends PoolsTest {
    @Test
    void exists() {
        assertExists(pool(""));
    }

    @Test
    void exists_in_ro_pool() {
        assertExists(readOnly(""));
    }

    @Test
    void exists_failure() {
        assertAbsent(pool("nonexistent"));
    }

    @Test
    void destroy() {
        Dataset made = zfs().createFilesystem(pool("fs1/new"));
        made.destroy();
        assertAbsent(made.name());
    }

    @Test
    void destroy_nonexistent() {
        assertThat(failure(() -> zfs().dataset(pool("nonexistent")).destroy()))
                .isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void rename() {
        zfs().createFilesystem(pool("fs1/fs/old")).rename(pool("fs1/fs/new"));
        assertAbsent(pool("fs1/fs/old"));
        assertExists(pool("fs1/fs/new"));
    }

    @Test
    void rename_nonexistent() {
        assertThat(failure(() -> zfs().dataset(pool("nonexistent")).rename(pool("fs1/fs/new"))))
                .isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void rename_existing_target() {
        Dataset old = zfs().createFilesystem(pool("fs1/fs/old"));
        zfs().createFilesystem(pool("fs1/fs/new"));
        assertThat(failure(() -> old.rename(pool("fs1/fs/new")))).isInstanceOf(ZfsExistsException.class);
        assertExists(old.name());
    }

    @Test
    void rename_nonexistent_target_parent() {
        Dataset old = zfs().createFilesystem(pool("fs1/fs/old"));
        assertThat(failure(() -> old.rename(pool("no-such-parent/fs")))).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void rename_parent_is_zvol() {
        Dataset old = zfs().createFilesystem(pool("fs1/fs/old"));
        zfs().createVolume(pool("fs1/zvol"), 1 << 20, properties -> {});
        assertThat(failure(() -> old.rename(pool("fs1/zvol/fs"))).errno()).isEqualTo(Errno.ZFS_ERR_WRONG_PARENT);
    }

    @Test
    void promote() {
        snapshot(pool("fs2@origin"));
        Dataset clone = zfs().snapshot(pool("fs2@origin")).cloneTo(pool("fs1/clone"));
        clone.promote();
        assertExists(pool("fs1/clone@origin"));
        assertAbsent(pool("fs2@origin"));
    }

    @Test
    void promote_not_cloned() {
        assertThat(failure(() -> zfs().dataset(pool("fs1")).promote()).errno()).isEqualTo(Errno.EINVAL);
    }

    /** The name fits where the snapshot is, and not where promoting would put it. */
    @Test
    void promote_too_long_snapname() {
        String longName = "x".repeat(255 - pool("fs2@").length());
        snapshot(pool("fs2@") + longName);
        Dataset clone = zfs().snapshot(pool("fs2@") + longName).cloneTo(pool("fs1/with-a-much-longer-name"));
        assertThat(failure(clone::promote).errno()).isEqualTo(Errno.ENAMETOOLONG);
        DatasetCalls.destroy(clone.name());
    }
}
