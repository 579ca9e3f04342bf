package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsBusyException;
import dev.firstboot.zfs.error.ZfsExistsException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.internal.ffi.KeyCalls;
import dev.firstboot.zfs.live.Mounted;
import dev.firstboot.zfs.live.PoolsTest;
import dev.firstboot.zfs.nvlist.NvList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@code lzc_load_key}, {@code lzc_unload_key}, {@code lzc_change_key}. */
class KeyTest extends PoolsTest {
    private static final byte[] KEY = filled(7);
    private static final byte[] OTHER = filled(8);

    private static byte[] filled(int value) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) value);
        return key;
    }

    private static Dataset encrypted() {
        return zfs().createEncryptedFilesystem(
                        pool("encrypted"),
                        KEY,
                        properties -> properties
                                .set("encryption", "aes-256-ccm")
                                .set("keylocation", "prompt")
                                .set("keyformat", "raw"));
    }

    private static Dataset missing() {
        return zfs().dataset("nonexistent");
    }

    @Test
    void change_key_new() {
        Dataset fs = encrypted();
        fs.changeKey(OTHER, properties -> properties.set("keyformat", "raw"));
        fs.unloadKey();
        assertThat(failure(() -> fs.loadKey(KEY)).errno()).isEqualTo(Errno.EACCES);
        fs.loadKey(OTHER);
    }

    @Test
    void change_key_missing_fs() {
        assertThat(failure(() -> missing().changeKey(OTHER, properties -> properties.set("keyformat", "raw"))))
                .isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void change_key_not_loaded() {
        Dataset fs = encrypted();
        fs.unloadKey();
        assertThat(failure(() -> fs.changeKey(OTHER, properties -> properties.set("keyformat", "raw")))
                        .errno())
                .isEqualTo(Errno.EACCES);
    }

    @Test
    void change_key_invalid_property() {
        Dataset fs = encrypted();
        NvList properties = NvList.builder().addString("invalid", "prop").build();
        assertThat(failure(() -> KeyCalls.change(fs.name(), 2, properties, null))
                        .errno())
                .isIn(Errno.EINVAL, Errno.ZFS_ERR_BADPROP);
    }

    /** There is no wrong command to name here; the kernel is asked for one all the same. */
    @Test
    void change_key_invalid_crypt_command() {
        Dataset fs = encrypted();
        assertThat(failure(() -> KeyCalls.change(fs.name(), 99, null, null)).errno())
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void load_key() {
        Dataset fs = encrypted();
        assertThat(fs.properties().get("keystatus")).isEqualTo("available");
        fs.unloadKey();
        assertThat(fs.properties().get("keystatus")).isEqualTo("unavailable");
        fs.checkKey(KEY);
        assertThat(fs.properties().get("keystatus")).isEqualTo("unavailable");
        fs.loadKey(KEY);
        assertThat(fs.properties().get("keystatus")).isEqualTo("available");
    }

    @Test
    void load_key_invalid() {
        Dataset fs = encrypted();
        fs.unloadKey();
        assertThat(failure(() -> fs.loadKey(OTHER)).errno()).isEqualTo(Errno.EACCES);
        assertThat(failure(() -> fs.loadKey(new byte[5])).errno()).isEqualTo(Errno.EINVAL);
    }

    @Test
    void load_key_already_loaded() {
        Dataset fs = encrypted();
        assertThat(failure(() -> fs.loadKey(KEY))).isInstanceOf(ZfsExistsException.class);
    }

    @Test
    void load_key_missing_fs() {
        assertThat(failure(() -> missing().loadKey(KEY))).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void unload_key() {
        encrypted().unloadKey();
    }

    @Test
    void unload_key_missing_fs() {
        assertThat(failure(() -> missing().unloadKey())).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void unload_key_busy() {
        Dataset fs = encrypted();
        try (Mounted mounted = Mounted.of(fs.name())) {
            assertThat(mounted.directory()).exists();
            assertThat(failure(fs::unloadKey)).isInstanceOf(ZfsBusyException.class);
        }
    }

    @Test
    void unload_key_not_loaded() {
        Dataset fs = encrypted();
        fs.unloadKey();
        assertThat(failure(fs::unloadKey).errno()).isEqualTo(Errno.EACCES);
    }
}
