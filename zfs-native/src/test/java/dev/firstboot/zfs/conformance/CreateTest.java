package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsExistsException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.error.ZfsReadOnlyException;
import dev.firstboot.zfs.internal.ffi.DatasetCalls;
import dev.firstboot.zfs.live.PoolsTest;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.property.Properties;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** {@code lzc_create}. */
class CreateTest extends PoolsTest {
    @Test
    void create_fs() {
        zfs().createFilesystem(pool("fs1/fs/test1"));
        assertExists(pool("fs1/fs/test1"));
    }

    @Test
    void create_zvol() {
        zfs().createVolume(pool("fs1/fs/zvol"), 1 << 20, properties -> {});
        assertThat(zfs().dataset(pool("fs1/fs/zvol")).isVolume()).isTrue();
        assertThat(zfs().dataset(pool("fs1/fs/zvol")).properties().number("volsize"))
                .isEqualTo(1 << 20);
    }

    @Test
    void create_fs_with_prop() {
        zfs().createFilesystem(pool("fs1/fs/test2"), properties -> properties.set("atime", "off"));
        assertThat(zfs().dataset(pool("fs1/fs/test2")).properties().get("atime"))
                .isEqualTo("off");
    }

    /** There is no wrong type to name here; the kernel is asked for one all the same. */
    @Test
    void create_fs_wrong_ds_type() {
        Assertions.assertThatThrownBy(() -> zfs().createVolume(pool("fs1/fs/test1"), -1, properties -> {}))
                .hasMessageContaining("lzc_create");
        assertAbsent(pool("fs1/fs/test1"));
    }

    @Test
    void create_fs_below_zvol() {
        String volume = pool("fs1/fs/zvol");
        zfs().createVolume(volume, 1 << 20, properties -> {});
        assertThat(failure(() -> zfs().createFilesystem(volume + "/fs")).errno())
                .isEqualTo(Errno.ZFS_ERR_WRONG_PARENT);
    }

    @Test
    void create_zvol_below_zvol() {
        String volume = pool("fs1/fs/zvol");
        zfs().createVolume(volume, 1 << 20, properties -> {});
        assertThat(failure(() -> zfs().createVolume(volume + "/zvol", 1 << 20, properties -> {}))
                        .errno())
                .isEqualTo(Errno.ZFS_ERR_WRONG_PARENT);
    }

    @Test
    void create_fs_duplicate() {
        zfs().createFilesystem(pool("fs1/fs/test6"));
        assertThat(failure(() -> zfs().createFilesystem(pool("fs1/fs/test6"))))
                .isInstanceOf(ZfsExistsException.class)
                .hasMessage("lzc_create(normal/fs1/fs/test6) failed: EEXIST (17): already exists");
    }

    @Test
    void create_fs_in_ro_pool() {
        assertThat(failure(() -> zfs().createFilesystem(readOnly("fs")))).isInstanceOf(ZfsReadOnlyException.class);
    }

    @Test
    void create_fs_without_parent() {
        assertThat(failure(() -> zfs().createFilesystem(pool("fs1/nonexistent/test"))))
                .isInstanceOf(ZfsNotFoundException.class);
        assertAbsent(pool("fs1/nonexistent/test"));
    }

    @Test
    void create_fs_in_nonexistent_pool() {
        assertThat(failure(() -> zfs().createFilesystem("no-such-pool/fs"))).isInstanceOf(ZfsNotFoundException.class);
        assertAbsent("no-such-pool/fs");
    }

    @Test
    void create_fs_with_invalid_prop() {
        refused(NvList.builder().addUint64("BOGUS", 0).build());
    }

    @Test
    void create_fs_with_invalid_prop_type() {
        refused(NvList.builder().addString("recordsize", "128k").build());
    }

    @Test
    void create_fs_with_invalid_prop_val() {
        refused(NvList.builder().addUint64("atime", 20).build());
    }

    /** Past the checks of {@code PropertyEdit}. */
    private static void refused(NvList properties) {
        String name = pool("fs1/fs/test3");
        assertThat(failure(() -> DatasetCalls.create(name, false, properties, null))
                        .errno())
                .isIn(Errno.EINVAL, Errno.ZFS_ERR_BADPROP);
        assertAbsent(name);
    }

    @Test
    void create_fs_with_invalid_name() {
        assertInvalidName(() -> zfs().createFilesystem(pool("@badname")));
        assertThat(failure(() -> DatasetCalls.create(pool("@badname"), false, NvList.empty(), null))
                        .errno())
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void create_fs_with_invalid_pool_name() {
        assertInvalidName(() -> zfs().createFilesystem("bad!pool/fs"));
        assertThat(failure(() -> DatasetCalls.create("bad!pool/fs", false, NvList.empty(), null))
                        .errno())
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void create_encrypted_fs() {
        String name = pool("encrypted");
        zfs().createEncryptedFilesystem(
                        name,
                        new byte[32],
                        properties -> properties
                                .set("encryption", "aes-256-ccm")
                                .set("keylocation", "file:///ring/key")
                                .set("keyformat", "raw"));
        Properties made = zfs().dataset(name).properties();
        assertThat(made.get("encryption")).isEqualTo("aes-256-ccm");
        assertThat(made.get("encryptionroot")).isEqualTo(name);
        assertThat(made.get("keylocation")).isEqualTo("file:///ring/key");
        assertThat(made.get("keyformat")).isEqualTo("raw");
    }
}
