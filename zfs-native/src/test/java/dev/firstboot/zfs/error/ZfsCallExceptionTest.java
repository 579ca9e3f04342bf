package dev.firstboot.zfs.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ZfsCallExceptionTest {
    @Test
    void of_knownErrors_areTheirOwnClasses() {
        assertThat(ZfsCallException.of("lzc_snapshot", "tank/a@s", Errno.EEXIST, List.of()))
                .isInstanceOf(ZfsExistsException.class)
                .hasMessage("lzc_snapshot(tank/a@s) failed: EEXIST (17): already exists");
        assertThat(ZfsCallException.of("lzc_scrub", "tank", Errno.ZFS_ERR_IOC_CMD_UNAVAIL, List.of()))
                .isInstanceOf(ZfsUnsupportedException.class);
        assertThat(ZfsCallException.of("lzc_create", "tank/a", Errno.EINVAL, List.of())
                        .getClass())
                .isEqualTo(ZfsCallException.class);
    }

    @Test
    void of_itemsThatAllFailAlike_isTheirClass() {
        List<ItemFailure> items = List.of(new ItemFailure("a@s", Errno.ENOENT), new ItemFailure("b@s", Errno.ENOENT));
        ZfsCallException failure = ZfsCallException.of("lzc_snapshot", "a@s and 1 more", Errno.EXDEV, items);
        assertThat(failure).isInstanceOf(ZfsNotFoundException.class);
        assertThat(failure.errno()).isEqualTo(Errno.EXDEV);
        assertThat(failure.errnoOf("b@s")).hasValue(Errno.ENOENT);
        assertThat(failure).hasMessageEndingWith("[a@s: ENOENT (2): does not exist; b@s: ENOENT (2): does not exist]");
    }

    @Test
    void errno_unknown_stillTellsItsNumber() {
        assertThat(new Errno(4242)).hasToString("E4242 (4242): unknown error");
        assertThat(Errno.ZFS_ERR_BADPROP.name()).isEqualTo("ZFS_ERR_BADPROP");
    }
}
