package dev.firstboot.zfs.live;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamSource;
import dev.firstboot.zfs.StreamTarget;
import dev.firstboot.zfs.error.ZfsCallException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Tests with streams of {@code fs1}: a full one of {@code @snap1}, and what came until {@code @snap2}. */
public abstract class StreamsTest extends PoolsTest {
    protected static final int SIZE = 1 << 18;

    @TempDir
    protected Path directory;

    private int files;

    /** A file that is not there yet. */
    protected Path newFile() {
        return directory.resolve("stream" + files++);
    }

    protected static Snapshot taken(String name) {
        snapshot(name);
        return zfs().snapshot(name);
    }

    /** A stream in a file. */
    protected Path sent(Snapshot snapshot, SendOptions options) {
        Path file = newFile();
        snapshot.send(options, StreamTarget.file(file));
        return file;
    }

    protected Path full() {
        Mounted.write(pool("fs1"), "one", SIZE);
        return sent(taken(pool("fs1@snap1")), SendOptions.full());
    }

    /** After {@link #full()}. */
    protected Path incremental() {
        Mounted.write(pool("fs1"), "two", SIZE);
        return sent(taken(pool("fs1@snap2")), SendOptions.since(zfs().snapshot(pool("fs1@snap1"))));
    }

    protected static void receive(Path stream, String snapshot) {
        receive(stream, snapshot, ReceiveOptions.plain());
    }

    protected static void receive(Path stream, String snapshot, ReceiveOptions options) {
        zfs().snapshot(snapshot).receive(options, StreamSource.file(stream));
    }

    /** The failure of a receive; nothing must have come of it. */
    protected static ZfsCallException refused(Path stream, String snapshot, ReceiveOptions options) {
        boolean before = zfs().exists(snapshot);
        ZfsCallException failure = failure(() -> receive(stream, snapshot, options));
        if (!before) {
            assertAbsent(snapshot);
        }
        return failure;
    }

    protected static ZfsCallException refused(Path stream, String snapshot) {
        return refused(stream, snapshot, ReceiveOptions.plain());
    }

    /** {@code fs2/received}, made and received into as {@code @snap1}. */
    protected static Dataset received(Path full) {
        receive(full, pool("fs2/received@snap1"));
        return zfs().dataset(pool("fs2/received"));
    }
}
