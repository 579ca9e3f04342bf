package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.Device;
import dev.firstboot.zfs.Pool;
import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.nvlist.NvList;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No call leaves a descriptor behind, whether it succeeds or fails. How often each is made is a matter of patience: {@code ./dev zfs-test --thorough LeakTest}
 * makes ten thousand of each kind, and a thousand of those that wait for the disk.
 */
class LeakTest extends PoolsTest {
    /** Of each kind that waits for nothing; of those that wait for a transaction group, and of transfers, a tenth. */
    private static final int CALLS = Integer.getInteger("dev.firstboot.zfs.calls", 50);

    private static final byte[] KEY = new byte[32];

    private final Map<String, ThrowingCallable> kinds = new LinkedHashMap<>();

    private void kind(String name, ThrowingCallable call) {
        kinds.put(name, call);
    }

    private void failing(String name, ThrowingCallable call) {
        kinds.put(name + ", failing", () -> failure(call));
    }

    private void eachLeaksNothing(int times) throws Exception {
        for (Map.Entry<String, ThrowingCallable> kind : kinds.entrySet()) {
            callOften(kind.getValue(), 1); // what is loaded at the first call stays
            long before = ThisProcess.descriptors();
            callOften(kind.getValue(), times);
            assertThat(ThisProcess.descriptors()).as(kind.getKey()).isEqualTo(before);
        }
        assertThat(ThisProcess.transferThreads()).isEmpty();
    }

    private static void callOften(ThrowingCallable call, int times) throws Exception {
        try {
            for (int i = 0; i < times; i++) {
                call.call();
            }
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void questions_manyOfEachKind_leaveNoDescriptor() throws Exception {
        Dataset fs = zfs().dataset(pool("fs1"));
        Snapshot snapshot = fs.snapshot("snap");
        Pool normal = zfs().pool(pool(""));
        kind("exists", fs::exists);
        kind("properties", fs::properties);
        kind("children", fs::children);
        kind("snapshots", fs::snapshots);
        kind("bookmarks", fs::bookmarks);
        kind("holds", snapshot::holds);
        kind("estimate", () -> snapshot.estimate(SendOptions.full()));
        kind("spaceSince", () -> snapshot.spaceSince(snapshot));
        kind("pools", () -> zfs().pools());
        kind("pool properties", normal::properties);
        kind("hasFunction", () -> zfs().hasFunction("lzc_create"));
        eachLeaksNothing(CALLS);
    }

    @Test
    void calls_manyOfEachKindThatFail_leaveNoDescriptor() throws Exception {
        Dataset missing = zfs().dataset(pool("nonexistent"));
        Snapshot snapshot = zfs().snapshot(pool("fs1@nonexistent"));
        Pool pool = zfs().pool("nonexistent");
        List<Device> devices = List.of(new Device(1, "file", ""));
        failing("create", () -> zfs().createFilesystem(pool("nonexistent/fs")));
        failing("clone", () -> snapshot.cloneTo(pool("clone")));
        failing("promote", missing::promote);
        failing("rename", () -> missing.rename(pool("other")));
        failing("destroy", missing::destroy);
        failing("rollback", missing::rollback);
        failing("snapshot", () -> missing.snapshot("s"));
        failing("hold", () -> snapshot.hold("tag"));
        failing("release", () -> snapshot.release("tag"));
        failing("holds", snapshot::holds);
        failing("bookmark", () -> snapshot.bookmark("b"));
        failing("properties", missing::properties);
        failing("set", () -> missing.set("atime", "off"));
        failing("inherit", () -> missing.inherit("atime"));
        failing("load key", () -> missing.loadKey(KEY));
        failing("unload key", missing::unloadKey);
        failing("estimate", () -> snapshot.estimate(SendOptions.full()));
        failing("sync", () -> pool.sync(false));
        failing("checkpoint", pool::checkpoint);
        failing("initialize", () -> pool.initialize(Pool.Command.START, devices));
        failing("trim", () -> pool.trim(Pool.Command.START, 0, false, devices));
        failing("await", () -> pool.await(Pool.Activity.FREE));
        failing("boot environment", pool::bootEnvironment);
        failing("program", () -> pool.query("return 1", NvList.empty()));
        failing("mount", () -> missing.mountAt(Path.of("/ring")));
        eachLeaksNothing(CALLS);
    }

    /** These wait for the disk, a transaction group each. */
    @Test
    void changes_manyOfEachKind_leaveNoDescriptor(@TempDir Path directory) throws Exception {
        Dataset fs = zfs().dataset(pool("fs1"));
        Snapshot snapshot = fs.snapshot("snap");
        Pool normal = zfs().pool(pool(""));
        kind("create, destroy", () -> zfs().createFilesystem(pool("new")).destroy());
        kind("clone, destroy", () -> snapshot.cloneTo(pool("new")).destroy());
        kind("snapshot, destroy", () -> fs.snapshot("other").destroy());
        kind("hold, release", () -> {
            snapshot.hold("tag");
            snapshot.release("tag");
        });
        kind("lease", () -> {
            try (var lease = zfs().lease()) {
                lease.hold(Map.of(snapshot.name(), "tag"));
            }
        });
        kind("bookmark, destroy", () -> snapshot.bookmark("b").destroy());
        kind("set", () -> fs.set("atime", "off"));
        kind("inherit", () -> fs.inherit("atime"));
        kind("rollback", fs::rollback);
        kind("sync", () -> normal.sync(true));
        kind("program", () -> normal.run("return 1", NvList.empty()));
        kind("mount, unmount", () -> {
            fs.mountAt(directory);
            fs.unmount();
        });
        eachLeaksNothing(Math.max(5, CALLS / 10));
    }

    private static final WritableByteChannel NOWHERE = new WritableByteChannel() {
        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    };

    @Test
    void transfers_manyOfEachKind_leaveNoDescriptor(@TempDir Path directory) throws Exception {
        Snapshot snapshot = zfs().dataset(pool("fs1")).snapshot("snap");
        Snapshot missing = zfs().snapshot(pool("fs1@nonexistent"));
        Path file = directory.resolve("stream");
        snapshot.send(SendOptions.full(), file);
        kind("send", () -> snapshot.send(SendOptions.full(), NOWHERE));
        kind(
                "send, cancelled",
                () -> snapshot.startSend(SendOptions.full(), NOWHERE).close());
        failing("send", () -> missing.send(SendOptions.full(), NOWHERE));
        failing("receive", () -> zfs().snapshot(pool("nonexistent/fs@snap")).receive(ReceiveOptions.plain(), file));
        eachLeaksNothing(Math.max(10, CALLS / 10));
    }
}
