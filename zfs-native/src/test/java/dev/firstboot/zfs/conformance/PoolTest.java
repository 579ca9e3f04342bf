package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Pool;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ProgramException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.live.PoolsTest;
import dev.firstboot.zfs.nvlist.NvList;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** {@code lzc_channel_program}, {@code lzc_sync}, {@code lzc_reopen}, {@code lzc_pool_checkpoint}. */
class PoolTest extends PoolsTest {
    private static final NvList NONE = NvList.empty();

    private static Pool normal() {
        return zfs().pool(pool(""));
    }

    private static Pool missing() {
        return zfs().pool("nonexistent");
    }

    private static String manySnapshots() {
        return "for i = 1,10000 do zfs.sync.snapshot('" + pool("@zcp") + "' .. i) end";
    }

    private static ProgramException failed(ThrowingCallable call) {
        ProgramException failure = Assertions.catchThrowableOfType(ProgramException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }

    @Test
    void sync_missing_pool() {
        assertThat(failure(() -> missing().sync(false))).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void sync_pool_forced() {
        normal().sync(true);
    }

    @Test
    void reopen_missing_pool() {
        assertThat(failure(() -> missing().reopen(true))).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void reopen_pool_no_restart() {
        normal().reopen(false);
    }

    @Test
    void channel_program_missing_pool() {
        assertThat(failed(() -> missing().run("return {}", NONE)).errno()).isEqualTo(Errno.ENOENT);
    }

    @Test
    void channel_program_timeout() {
        assertThat(failed(() -> normal().run(manySnapshots(), NONE, 1, 10 << 20))
                        .errno())
                .isEqualTo(Errno.ETIME);
    }

    @Test
    void channel_program_memory_limit() {
        assertThat(failed(() -> normal().run(manySnapshots(), NONE, 10_000_000, 1))
                        .errno())
                .isEqualTo(Errno.ENOSPC);
    }

    @Test
    void channel_program_invalid_limits() {
        assertThat(failed(() -> normal().run("return {}", NONE, 0, 10 << 20)).errno())
                .isEqualTo(Errno.EINVAL);
        assertThat(failed(() -> normal().run("return {}", NONE, 10_000_000, 0)).errno())
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void channel_program_syntax_error() {
        ProgramException failure = failed(() -> normal().run("inv+val:id", NONE));
        assertThat(failure.errno()).isEqualTo(Errno.EINVAL);
        assertThat(failure.said()).contains("syntax error");
    }

    @Test
    void channel_program_sync_snapshot() {
        NvList answer = normal().run(
                        "args = ...; zfs.sync.snapshot(args['name']); return args['name']",
                        NvList.builder().addString("name", pool("@zcp")).build());
        assertExists(pool("@zcp"));
        assertThat(answer.string("return")).isEqualTo(pool("@zcp"));
    }

    @Test
    void channel_program_runtime_error() {
        ProgramException failure = failed(() -> normal().run("assert(1 == 2)", NONE));
        assertThat(failure.errno()).isEqualTo(Errno.ECHRNG);
        assertThat(failure.said()).contains("assertion failed");
        assertThat(failed(() -> normal().run("error()", NONE)).errno()).isEqualTo(Errno.ECHRNG);
    }

    @Test
    void channel_program_nosync_runtime_error() {
        ProgramException failure = failed(() -> normal().query("zfs.sync.snapshot('" + pool("@zcp") + "')", NONE));
        assertThat(failure.said()).contains("running functions from the zfs.sync");
        assertAbsent(pool("@zcp"));
    }

    @Test
    void checkpoint() {
        normal().checkpoint();
        discard();
    }

    private static void discard() {
        normal().discardCheckpoint();
        normal().await(Pool.Activity.CHECKPOINT_DISCARD);
    }

    @Test
    void checkpoint_missing_pool() {
        assertThat(failure(() -> missing().checkpoint())).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void checkpoint_already_exists() {
        normal().checkpoint();
        assertThat(failure(() -> normal().checkpoint()).errno()).isEqualTo(Errno.ZFS_ERR_CHECKPOINT_EXISTS);
        discard();
    }

    @Test
    void checkpoint_discard() {
        normal().checkpoint();
        discard();
        normal().checkpoint();
        discard();
    }

    @Test
    void checkpoint_discard_missing_pool() {
        assertThat(failure(() -> missing().discardCheckpoint())).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void checkpoint_discard_missing_checkpoint() {
        assertThat(failure(() -> normal().discardCheckpoint()).errno()).isEqualTo(Errno.ZFS_ERR_NO_CHECKPOINT);
    }
}
