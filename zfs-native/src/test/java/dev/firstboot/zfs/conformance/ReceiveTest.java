package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamSource;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsExistsException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.error.ZfsReadOnlyException;
import dev.firstboot.zfs.live.Mounted;
import dev.firstboot.zfs.live.StreamsTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code lzc_receive} of full streams and of clones' streams. */
class ReceiveTest extends StreamsTest {
    private static final String TARGET = "fs2/received";

    @Test
    void recv_full() {
        receive(full(), pool(TARGET + "@snap"));
        assertThat(Mounted.isSame(pool("fs1@snap1"), pool(TARGET + "@snap"), "one"))
                .isTrue();
    }

    @Test
    void recv_with_header_full() {
        zfs().dataset(pool(TARGET)).receive(ReceiveOptions.plain(), StreamSource.file(full()));
        assertThat(Mounted.isSame(pool("fs1"), pool(TARGET + "@snap1"), "one")).isTrue();
    }

    /** The name comes from the stream. */
    @Test
    void recv_without_explicit_snap_name() {
        Path full = full();
        Path incremental = incremental();
        zfs().dataset(pool(TARGET)).receive(ReceiveOptions.plain(), StreamSource.file(full));
        zfs().dataset(pool(TARGET)).receive(ReceiveOptions.plain(), StreamSource.file(incremental));
        assertExists(pool(TARGET + "@snap1"), pool(TARGET + "@snap2"));
    }

    @Test
    void recv_full_already_existing_empty_fs() {
        zfs().createFilesystem(pool(TARGET));
        assertThat(refused(full(), pool(TARGET + "@snap")).errno()).isIn(Errno.EEXIST, Errno.ETXTBSY);
    }

    @Test
    void recv_full_into_root_empty_pool() {
        assertThat(refused(full(), misc("@snap")).errno()).isIn(Errno.EEXIST, Errno.ETXTBSY);
    }

    @Test
    void recv_full_into_ro_pool() {
        assertThat(refused(full(), readOnly("fs2/received@snap"))).isInstanceOf(ZfsReadOnlyException.class);
    }

    @Test
    void recv_full_already_existing_modified_fs() {
        zfs().createFilesystem(pool(TARGET));
        Mounted.write(pool(TARGET), "other", SIZE);
        assertThat(refused(full(), pool(TARGET + "@snap")).errno()).isIn(Errno.EEXIST, Errno.ETXTBSY);
    }

    @Test
    void recv_full_already_existing_with_snapshots() {
        zfs().createFilesystem(pool(TARGET));
        snapshot(pool(TARGET + "@snap1"));
        assertThat(refused(full(), pool(TARGET + "@snap")).errno()).isIn(Errno.EEXIST, Errno.ENODEV);
    }

    @Test
    void recv_full_already_existing_snapshot() {
        zfs().createFilesystem(pool(TARGET));
        snapshot(pool(TARGET + "@snap"));
        assertThat(refused(full(), pool(TARGET + "@snap"))).isInstanceOf(ZfsExistsException.class);
    }

    @Test
    void recv_full_missing_parent_fs() {
        assertThat(refused(full(), pool("fs2/nonexistent/fs@snap"))).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void recv_full_but_specify_origin() {
        Snapshot origin = taken(pool("fs2@snap1"));
        Path full = full();
        receive(full, pool(TARGET + "@snap"), ReceiveOptions.plain().origin(origin));
        assertThat(zfs().dataset(pool(TARGET)).properties().origin()).hasValue(origin.name());
        assertThat(refused(full, pool("fs2/other@snap"), ReceiveOptions.plain().origin(zfs().snapshot(pool("fs2@no"))))
                        .errno())
                .isIn(Errno.ENOENT, Errno.EINVAL);
    }

    @Test
    void recv_full_existing_empty_fs_and_origin() {
        zfs().createFilesystem(pool(TARGET));
        ReceiveOptions options = ReceiveOptions.plain().origin(zfs().snapshot(pool(TARGET + "@dummy")));
        Path full = full();
        assertThat(refused(full, pool(TARGET + "@snap"), options).errno())
                .isIn(Errno.EEXIST, Errno.ETXTBSY, Errno.EINVAL);
        snapshot(pool(TARGET + "@dummy"));
        assertThat(refused(full, pool(TARGET + "@snap"), options).errno())
                .isIn(Errno.EEXIST, Errno.ENODEV, Errno.EINVAL);
    }

    /** A clone of {@code fs2@origin}, its stream from there, and {@code fs1/fs/origin@snap}, received from it. */
    private Path cloneStream() {
        Snapshot origin = taken(pool("fs2@origin"));
        receive(sent(origin, SendOptions.full()), pool("fs1/fs/origin@snap"));
        origin.cloneTo(pool("fs1/fs/clone"));
        return sent(taken(pool("fs1/fs/clone@snap")), SendOptions.since(origin));
    }

    private static final String CLONED = "fs1/fs/received@snap";

    @Test
    void recv_clone() {
        Path stream = cloneStream();
        receive(stream, pool(CLONED), ReceiveOptions.plain().origin(zfs().snapshot(pool("fs1/fs/origin@snap"))));
        assertThat(zfs().dataset(pool("fs1/fs/received")).properties().origin()).hasValue(pool("fs1/fs/origin@snap"));
    }

    /** The kernel may find the origin by its guid itself; then it is one. */
    @Test
    void recv_clone_without_specifying_origin() {
        assertThat(refused(cloneStream(), pool(CLONED)).errno()).isEqualTo(Errno.EINVAL);
    }

    @Test
    void recv_clone_invalid_origin() {
        cloneStream();
        assertInvalidName(() -> zfs().snapshot(pool("fs1/fs")));
    }

    @Test
    void recv_clone_wrong_origin() {
        Path stream = cloneStream();
        ReceiveOptions options = ReceiveOptions.plain().origin(taken(pool("fs1/fs@snap")));
        assertThat(refused(stream, pool(CLONED), options).errno()).isEqualTo(Errno.ENODEV);
    }

    @Test
    void recv_clone_nonexistent_origin() {
        Path stream = cloneStream();
        ReceiveOptions options = ReceiveOptions.plain().origin(zfs().snapshot(pool("fs1/fs@snap")));
        assertThat(refused(stream, pool(CLONED), options)).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void recv_fs_below_zvol() {
        Path stream = full();
        zfs().createVolume(pool("fs1/zvol"), 1 << 20, properties -> {});
        assertThat(refused(stream, pool("fs1/zvol/fs@snap")).errno()).isEqualTo(Errno.ZFS_ERR_WRONG_PARENT);
    }

    private Path volumeStream() {
        zfs().createVolume(pool("fs1/zvol"), 1 << 20, properties -> {});
        return sent(taken(pool("fs1/zvol@snap")), SendOptions.full());
    }

    @Test
    void recv_zvol_over_fs_with_children() {
        assertThat(refused(
                                volumeStream(),
                                pool("fs1@snap"),
                                ReceiveOptions.plain().force())
                        .errno())
                .isEqualTo(Errno.ZFS_ERR_WRONG_PARENT);
    }

    @Test
    void recv_zvol_overwrite_rootds() {
        assertThat(refused(volumeStream(), pool("@snap"), ReceiveOptions.plain().force())
                        .errno())
                .isEqualTo(Errno.ZFS_ERR_WRONG_PARENT);
    }

    @Test
    void recv_bad_stream() throws IOException {
        byte[] noise = new byte[4096];
        new Random(1).nextBytes(noise);
        Path file = Files.write(newFile(), noise);
        assertThat(refused(file, pool(TARGET + "@snap")).errno()).isIn(Errno.EINVAL, Errno.ECKSUM);
        Path empty = Files.createFile(newFile());
        assertThat(refused(empty, pool(TARGET + "@snap")).errno()).isEqualTo(Errno.ZFS_ERR_STREAM_TRUNCATED);
    }

    /** A clone of {@code fs2@origin}, and a snapshot of it. */
    private static Snapshot acrossBranch() {
        taken(pool("fs2@snap1"));
        Mounted.write(pool("fs2"), "one", SIZE);
        taken(pool("fs2@origin")).cloneTo(pool("fs1/fs/clone"));
        Mounted.write(pool("fs1/fs/clone"), "two", SIZE);
        return taken(pool("fs1/fs/clone@snap"));
    }

    @Test
    void recv_full_across_clone_branch_point() {
        receive(sent(acrossBranch(), SendOptions.full()), pool("fs1/received@snap"));
        assertThat(Mounted.isSame(pool("fs1/fs/clone"), pool("fs1/received"), "two"))
                .isTrue();
    }

    @Test
    void recv_incr_across_clone_branch_point() {
        Path stream = incrementalAcrossBranch();
        receive(sent(zfs().snapshot(pool("fs2@snap1")), SendOptions.full()), pool("fs1/received@snap1"));
        ReceiveOptions options = ReceiveOptions.plain().origin(zfs().snapshot(pool("fs1/received@snap1")));
        assertThat(refused(stream, pool("fs1/received@snap"), options).errno()).isEqualTo(Errno.EINVAL);
    }

    private Path incrementalAcrossBranch() {
        return sent(acrossBranch(), SendOptions.since(zfs().snapshot(pool("fs2@snap1"))));
    }

    @Test
    void recv_incr_across_clone_branch_point_no_origin() {
        assertThat(refused(incrementalAcrossBranch(), pool("fs1/received@snap")).errno())
                .isEqualTo(Errno.EINVAL);
    }

    @Test
    void recv_incr_across_clone_branch_point_new_fs() {
        receive(
                incrementalAcrossBranch(),
                pool("fs1/received@snap"),
                ReceiveOptions.plain().origin(zfs().snapshot(pool("fs2@snap1"))));
        assertThat(Mounted.isSame(pool("fs1/fs/clone"), pool("fs1/received"), "two"))
                .isTrue();
    }
}
