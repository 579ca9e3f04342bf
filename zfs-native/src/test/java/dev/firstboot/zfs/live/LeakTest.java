package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.Device;
import dev.firstboot.zfs.Pool;
import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamSource;
import dev.firstboot.zfs.StreamTarget;
import dev.firstboot.zfs.nvlist.NvList;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No call leaves a descriptor behind, whether it succeeds or fails. How often each is made is a matter of patience: {@code ./dev zfs-test --thorough LeakTest}
 * makes ten thousand of each kind.
 */
class LeakTest extends PoolsTest {
    /** Of each kind. */
    private static final int CALLS = Integer.getInteger("dev.firstboot.zfs.calls", 50);

    /** How many changes are made at a time, since most of the time each waits. */
    private static final int LANES = 8;

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
        List<Device> devices = List.of(new Device(1, "file", Optional.empty()));
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

    /** A filesystem of its own, whose changes wait for the same transaction groups as those of the others. */
    private record Lane(Dataset filesystem, Snapshot snapshot, Path directory) {
        static Lane make(int number, Path directory) throws IOException {
            Dataset filesystem = zfs().createFilesystem(pool("fs1/lane" + number));
            return new Lane(
                    filesystem,
                    filesystem.snapshot("snap"),
                    Files.createDirectory(directory.resolve(Integer.toString(number))));
        }

        String child() {
            return filesystem.name() + "/new";
        }
    }

    private interface Change {
        void make(Lane lane) throws IOException;
    }

    /** Adds a kind whose every call is one in each lane. */
    private void change(String name, ExecutorService threads, List<Lane> lanes, Change change) {
        kind(name, () -> {
            List<Callable<Void>> calls = new ArrayList<>();
            for (Lane lane : lanes) {
                calls.add(() -> {
                    change.make(lane);
                    return null;
                });
            }
            for (Future<Void> made : threads.invokeAll(calls)) {
                made.get();
            }
        });
    }

    /** These wait for the disk, a transaction group each or two. */
    @Test
    void changes_manyOfEachKind_leaveNoDescriptor(@TempDir Path directory) throws Exception {
        List<Lane> lanes = new ArrayList<>();
        for (int number = 0; number < LANES; number++) {
            lanes.add(Lane.make(number, directory));
        }
        Pool normal = zfs().pool(pool(""));
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put(
                "create, destroy", lane -> zfs().createFilesystem(lane.child()).destroy());
        changes.put(
                "clone, destroy", lane -> lane.snapshot().cloneTo(lane.child()).destroy());
        changes.put(
                "snapshot, destroy", lane -> lane.filesystem().snapshot("other").destroy());
        changes.put("hold, release", lane -> {
            lane.snapshot().hold("tag");
            lane.snapshot().release("tag");
        });
        changes.put("lease", lane -> {
            try (var lease = zfs().lease()) {
                lease.hold(Map.of(lane.snapshot().name(), "tag"));
            }
        });
        changes.put("bookmark, destroy", lane -> lane.snapshot().bookmark("b").destroy());
        changes.put("set", lane -> lane.filesystem().set("atime", "off"));
        changes.put("inherit", lane -> lane.filesystem().inherit("atime"));
        changes.put("rollback", lane -> lane.filesystem().rollback());
        changes.put("sync", lane -> normal.sync(true));
        changes.put("program", lane -> normal.run("return 1", NvList.empty()));
        changes.put("mount, unmount", lane -> {
            lane.filesystem().mountAt(lane.directory());
            lane.filesystem().unmount();
        });
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        try {
            changes.forEach((name, change) -> change(name, threads, lanes, change));
            eachLeaksNothing(CALLS / LANES);
        } finally {
            threads.shutdown();
        }
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
        snapshot.send(SendOptions.full(), StreamTarget.file(file));
        kind("send", () -> snapshot.send(SendOptions.full(), StreamTarget.channel(NOWHERE)));
        kind(
                "send, cancelled",
                () -> snapshot.startSend(SendOptions.full(), StreamTarget.channel(NOWHERE))
                        .close());
        failing("send", () -> missing.send(SendOptions.full(), StreamTarget.channel(NOWHERE)));
        failing(
                "receive",
                () -> zfs().snapshot(pool("nonexistent/fs@snap"))
                        .receive(ReceiveOptions.plain(), StreamSource.file(file)));
        eachLeaksNothing(CALLS);
    }
}
