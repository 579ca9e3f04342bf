package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.Device;
import dev.firstboot.zfs.Pool;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamTarget;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.error.ZfsUnsupportedException;
import dev.firstboot.zfs.internal.ffi.PoolCalls;
import dev.firstboot.zfs.nvlist.NvList;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that OpenZFS's own binding for Python has no tests for. */
class PoolCallsTest extends PoolsTest {
    private static Pool normal() {
        return zfs().pool(pool(""));
    }

    private static Pool missing() {
        return zfs().pool("nonexistent");
    }

    @Test
    void devices_ofAFileBackedPool_isTheFile() {
        assertThat(normal().devices()).singleElement().satisfies(device -> {
            assertThat(device.type()).isEqualTo("file");
            assertThat(device.path().orElseThrow()).endsWith("normal.zpool");
        });
    }

    @Test
    void snapshotAll_ofAFilesystem_takesAllBelowItAtOnce() {
        Snapshot taken = zfs().dataset(pool("fs1")).snapshotAll("all");
        Snapshot below = zfs().snapshot(pool("fs1/fs@all"));
        assertThat(taken.name()).isEqualTo(pool("fs1@all"));
        assertThat(below.properties().createTxg()).isEqualTo(taken.properties().createTxg());
        assertAbsent(pool("fs2@all"));
    }

    @Test
    void initialize_startedAndAwaited_ends() {
        List<Device> devices = normal().devices();
        normal().initialize(Pool.Command.START, devices);
        normal().await(Pool.Activity.INITIALIZE, devices.get(0));
        assertThat(normal().await(Pool.Activity.INITIALIZE)).isFalse();
        ZfsCallException failure = failure(() -> normal().initialize(Pool.Command.CANCEL, devices));
        assertThat(failure.items()).hasSize(1);
        assertThat(failure(() -> missing().initialize(Pool.Command.START, devices)))
                .isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void trim_startedAndAwaited_ends() {
        List<Device> devices = normal().devices();
        normal().trim(Pool.Command.START, 0, false, devices);
        normal().await(Pool.Activity.TRIM, devices.get(0));
        assertThat(normal().await(Pool.Activity.TRIM)).isFalse();
        assertThat(failure(() -> normal().trim(
                                        Pool.Command.START, 0, false, List.of(new Device(1, "file", Optional.empty()))))
                        .items())
                .hasSize(1);
    }

    @Test
    void await_nothingGoingOn_saysSo() {
        assertThat(normal().await(Pool.Activity.SCRUB)).isFalse();
        assertThat(zfs().dataset(pool("fs1")).awaitDeletes()).isFalse();
        assertThat(failure(() -> missing().await(Pool.Activity.FREE))).isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void bootEnvironment_set_isRead() {
        NvList environment = NvList.builder()
                .addUint64("version", 1)
                .addString("command", "zfs:normal/fs1:")
                .build();
        normal().setBootEnvironment(environment);
        assertThat(normal().bootEnvironment().string("command")).isEqualTo("zfs:normal/fs1:");
        normal().setBootEnvironment(NvList.builder().addUint64("version", 1).build());
    }

    /** What a version lacks is a typed answer. */
    @Test
    void newerFunctions_whereTheyAreMissing_areUnsupported() {
        supported("lzc_scrub", () -> {
            normal().scrub();
            normal().await(Pool.Activity.SCRUB);
        });
        supported(
                "lzc_get_props",
                () -> assertThat(PoolCalls.properties(pool("")).has("guid")).isTrue());
        supported("lzc_pool_prefetch", () -> normal().prefetchDedupTable());
        supported("lzc_ddt_prune", () -> normal().pruneDedupTable(100));
    }

    @Test
    void properties_ofADevice_areSetAndRead() {
        Device device = normal().devices().get(0);
        supported("lzc_set_vdev_prop", () -> normal().set(device, "comment", "in a file"));
        supported("lzc_set_vdev_prop", () -> normal().set(device, "checksum_n", "17"));
        supported("lzc_get_vdev_prop", () -> {
            NvList properties = normal().properties(device, List.of("path", "comment", "checksum_n"));
            assertThat(properties.nvlist("path").string("value"))
                    .isEqualTo(device.path().orElseThrow());
            assertThat(properties.nvlist("comment").string("value")).isEqualTo("in a file");
            assertThat(properties.nvlist("checksum_n").uint64("value")).isEqualTo(17);
            assertThat(normal().properties(device, List.of()).has("comment")).isTrue();
        });
        assertThatThrownBy(() -> normal().set(device, "path", "/elsewhere"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("path");
        assertThatThrownBy(() -> normal().set(device, "io_n", "many")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void set_propertiesOfThePool_areRead() {
        normal().set("comment", "a remark");
        normal().set("autotrim", "on");
        assertThat(normal().properties().nvlist("comment").string("value")).isEqualTo("a remark");
        assertThat(normal().properties().nvlist("autotrim").uint64("value")).isEqualTo(1);
        normal().set("comment", "");
        normal().set("autotrim", "off");
        assertThat(normal().properties().nvlist("autotrim").uint64("value")).isZero();
        assertThat(failure(() -> missing().set("comment", "a remark"))).isInstanceOf(ZfsNotFoundException.class);
    }

    /** The kernel would write them into the pool. */
    @Test
    void set_whatCannotBeSet_isRefused() {
        assertThatThrownBy(() -> normal().set("size", "1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size");
        assertThatThrownBy(() -> normal().set("failmode", "whatever")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void supported(String function, Runnable call) {
        if (zfs().hasFunction(function)) {
            call.run();
        } else {
            assertThat(failure(call::run))
                    .isInstanceOf(ZfsUnsupportedException.class)
                    .hasMessageContaining(function);
        }
    }

    @Test
    void redact_cloneThatDeletedAFile_hidesIt(@TempDir Path directory) {
        Mounted.write(pool("fs1"), "public", 1 << 16);
        Mounted.write(pool("fs1"), "secret", 1 << 18);
        Snapshot whole = zfs().dataset(pool("fs1")).snapshot("whole");
        Dataset clone = whole.cloneTo(pool("clone"));
        try (Mounted mounted = Mounted.of(clone.name())) {
            assertThat(mounted.directory().resolve("secret").toFile().delete()).isTrue();
        }
        whole.redact("hidden", List.of(clone.snapshot("redacted")));
        long full = whole.send(SendOptions.full(), StreamTarget.file(directory.resolve("full")));
        long redacted =
                whole.send(SendOptions.full().redacted("hidden"), StreamTarget.file(directory.resolve("redacted")));
        assertThat(redacted).isLessThan(full - (1 << 17));
        assertThat(whole.estimate(SendOptions.full().redacted("hidden"))).isLessThan(full);
    }
}
