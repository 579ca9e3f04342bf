package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamTarget;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.internal.ffi.OpenFile;
import dev.firstboot.zfs.internal.ffi.Pipe;
import dev.firstboot.zfs.internal.ffi.SendCalls;
import dev.firstboot.zfs.live.Mounted;
import dev.firstboot.zfs.live.PoolsTest;
import dev.firstboot.zfs.stream.StreamVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Percentage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lzc_send}. */
class SendTest extends PoolsTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path directory;

    private static Snapshot taken(String name) {
        snapshot(name);
        return zfs().snapshot(name);
    }

    private Path file() {
        return directory.resolve("stream" + System.nanoTime());
    }

    private static SendCalls.Spec spec(String snapshot, @Nullable String from) {
        return new SendCalls.Spec(snapshot, from, 0, 0, 0, null);
    }

    private ZfsCallException refused(String snapshot, @Nullable String from) {
        try {
            Path file = Files.createFile(file());
            try (OpenFile open = OpenFile.toWrite(file.toString())) {
                return failure(() -> SendCalls.send(spec(snapshot, from), open.fd()));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void send_full() throws IOException {
        Mounted.write(pool("fs1"), "file", MIB);
        Snapshot snapshot = taken(pool("fs1@snap"));
        long estimate = snapshot.estimate(SendOptions.full());
        Path file = file();
        long bytes = snapshot.send(SendOptions.full(), StreamTarget.file(file));
        assertThat(Files.size(file)).isEqualTo(bytes);
        assertThat(bytes).isCloseTo(estimate, Percentage.withPercentage(5));
        assertThat(StreamVerifier.verify(file).isIntact()).isTrue();
    }

    @Test
    void send_incremental() throws IOException {
        Snapshot first = taken(pool("fs1@snap1"));
        Mounted.write(pool("fs1"), "file", MIB);
        Snapshot second = taken(pool("fs1@snap2"));
        long estimate = second.estimate(SendOptions.since(first));
        Path file = file();
        long bytes = second.send(SendOptions.since(first), StreamTarget.file(file));
        assertThat(bytes).isCloseTo(estimate, Percentage.withPercentage(5));
        assertThat(Files.size(file)).isEqualTo(bytes);
    }

    @Test
    void send_flags() {
        Snapshot snapshot = taken(pool("fs1@snap"));
        for (int flags = 0; flags < SendCalls.SAVED; flags++) {
            SendOptions options = SendOptions.full();
            options = (flags & SendCalls.EMBED_DATA) == 0 ? options : options.embedded();
            options = (flags & SendCalls.LARGE_BLOCK) == 0 ? options : options.largeBlocks();
            options = (flags & SendCalls.COMPRESS) == 0 ? options : options.compressed();
            options = (flags & SendCalls.RAW) == 0 ? options : options.raw();
            assertThat(snapshot.send(options, StreamTarget.file(file()))).isPositive();
        }
    }

    /** libzfs_core passes over a flag that it does not know. */
    @Test
    void send_unknown_flags() throws IOException {
        Snapshot snapshot = taken(pool("fs1@snap"));
        Path file = Files.createFile(file());
        try (OpenFile open = OpenFile.toWrite(file.toString())) {
            SendCalls.send(new SendCalls.Spec(snapshot.name(), null, 1 << 20, 0, 0, null), open.fd());
        }
        assertThat(Files.size(file)).isPositive();
    }

    @Test
    void send_same_snap() {
        Snapshot snapshot = taken(pool("fs1@snap1"));
        assertThat(failure(() -> snapshot.send(SendOptions.since(snapshot), StreamTarget.file(file())))
                        .errno())
                .isEqualTo(Errno.EXDEV);
    }

    @Test
    void send_wrong_order() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot second = taken(pool("fs1@snap2"));
        assertThat(failure(() -> first.send(SendOptions.since(second), StreamTarget.file(file())))
                        .errno())
                .isEqualTo(Errno.EXDEV);
    }

    @Test
    void send_unrelated() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot second = taken(pool("fs2@snap2"));
        assertThat(failure(() -> first.send(SendOptions.since(second), StreamTarget.file(file())))
                        .errno())
                .isEqualTo(Errno.EXDEV);
    }

    @Test
    void send_across_pools() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot second = taken(misc("@snap2"));
        assertThat(failure(() -> first.send(SendOptions.since(second), StreamTarget.file(file())))
                        .errno())
                .isEqualTo(Errno.EXDEV);
    }

    @Test
    void send_nonexistent() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot missing = zfs().snapshot(pool("fs1@snap2"));
        assertThat(failure(() -> first.send(SendOptions.since(missing), StreamTarget.file(file()))))
                .isInstanceOf(ZfsNotFoundException.class);
        assertThat(failure(() -> missing.send(SendOptions.since(first), StreamTarget.file(file()))))
                .isInstanceOf(ZfsNotFoundException.class);
        assertThat(failure(() -> missing.send(SendOptions.full(), StreamTarget.file(file()))))
                .isInstanceOf(ZfsNotFoundException.class)
                .hasMessageContaining(missing.name());
    }

    @Test
    void send_invalid_name() {
        Snapshot first = taken(pool("fs1@snap1"));
        assertInvalidName(() -> zfs().snapshot(pool("fs1@sn!p")));
        for (List<String> pair :
                List.of(List.of(pool("fs1@sn!p"), first.name()), List.of(first.name(), pool("fs1@sn!p")))) {
            assertThat(refused(pair.get(0), pair.get(1)).errno()).isIn(Errno.EINVAL, Errno.ENOENT);
        }
    }

    @Test
    void send_filesystem() {
        Snapshot first = taken(pool("fs1@snap1"));
        assertThat(zfs().dataset(pool("fs1"))
                        .startSend(SendOptions.since(first), StreamTarget.file(file()))
                        .await())
                .isPositive();
        assertThat(zfs().dataset(pool("fs1"))
                        .startSend(SendOptions.full(), StreamTarget.file(file()))
                        .await())
                .isPositive();
    }

    @Test
    void send_from_filesystem() {
        Snapshot first = taken(pool("fs1@snap1"));
        assertThat(refused(first.name(), pool("fs1")).errno()).isIn(Errno.EINVAL, Errno.ENOENT);
    }

    @Test
    void send_bookmark() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot second = taken(pool("fs1@snap2"));
        second.bookmark("bmark");
        second.destroy();
        assertThat(refused(pool("fs1#bmark"), first.name()).errno()).isIn(Errno.EINVAL, Errno.ENOENT);
        assertThat(refused(pool("fs1#bmark"), null).errno()).isIn(Errno.EINVAL, Errno.ENOENT);
    }

    @Test
    void send_from_bookmark() {
        Snapshot first = taken(pool("fs1@snap1"));
        Snapshot second = taken(pool("fs1@snap2"));
        var bookmark = first.bookmark("bmark");
        first.destroy();
        assertThat(second.send(SendOptions.since(bookmark), StreamTarget.file(file())))
                .isPositive();
    }

    @Test
    void send_bad_fd() {
        badDescriptor(1000);
    }

    @Test
    void send_bad_fd_2() {
        badDescriptor(-2);
    }

    @Test
    void send_bad_fd_3() {
        badDescriptor(Integer.MAX_VALUE);
    }

    private static void badDescriptor(int fd) {
        Snapshot snapshot = taken(pool("fs1@snap"));
        assertThat(failure(() -> SendCalls.send(spec(snapshot.name(), null), fd))
                        .errno())
                .isEqualTo(Errno.EBADF);
    }

    @Test
    void send_to_broken_pipe() {
        Snapshot snapshot = taken(pool("fs1@snap"));
        try (Pipe pipe = Pipe.open()) {
            pipe.closeReadEnd();
            assertThat(failure(() -> SendCalls.send(spec(snapshot.name(), null), pipe.writeEnd()))
                            .errno())
                    .isEqualTo(Errno.EPIPE);
        }
    }

    /** Broken while it waits for room. */
    @Test
    void send_to_broken_pipe_2() throws Exception {
        Mounted.write(pool("fs1"), "file", 4 * MIB);
        Snapshot snapshot = taken(pool("fs1@snap"));
        try (Pipe pipe = Pipe.open()) {
            Thread reader = new Thread(() -> {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                pipe.closeReadEnd();
            });
            reader.start();
            assertThat(failure(() -> SendCalls.send(spec(snapshot.name(), null), pipe.writeEnd()))
                            .errno())
                    .isIn(Errno.EPIPE, Errno.EINTR);
            reader.join();
        }
    }

    @Test
    void send_to_ro_file() throws IOException {
        Snapshot snapshot = taken(pool("fs1@snap"));
        Path file = Files.createFile(file());
        try (OpenFile open = OpenFile.toRead(file.toString())) {
            assertThat(failure(() -> SendCalls.send(spec(snapshot.name(), null), open.fd()))
                            .errno())
                    .isEqualTo(Errno.EBADF);
        }
        assertThatThrownBy(() -> snapshot.send(SendOptions.full(), StreamTarget.file(file)))
                .hasMessageContaining("exists already");
    }

    @Test
    void send_full_across_clone_branch_point() {
        Snapshot snapshot = cloned();
        assertThat(snapshot.send(SendOptions.full(), StreamTarget.file(file()))).isGreaterThan(MIB);
    }

    @Test
    void send_incr_across_clone_branch_point() {
        Snapshot snapshot = cloned();
        assertThat(snapshot.send(SendOptions.since(zfs().snapshot(pool("fs2@snap1"))), StreamTarget.file(file())))
                .isGreaterThan(MIB);
    }

    /** A snapshot of a clone of a later snapshot than {@code fs2@snap1}. */
    private static Snapshot cloned() {
        taken(pool("fs2@snap1"));
        Mounted.write(pool("fs2"), "file", MIB);
        Snapshot origin = taken(pool("fs2@origin"));
        origin.cloneTo(pool("fs1/clone"));
        return taken(pool("fs1/clone@snap"));
    }
}
