package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.internal.ffi.CommandLists;
import dev.firstboot.zfs.internal.ffi.CommandProperties;
import dev.firstboot.zfs.internal.ffi.ListCalls;
import dev.firstboot.zfs.internal.ffi.PropertyCalls;
import dev.firstboot.zfs.internal.ffi.Stats;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvPair;
import dev.firstboot.zfs.property.Properties;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The way round by commands, for kernels whose calls are not what we know: it tells and does the same. */
class CommandWayTest extends StreamsTest {
    /** These change from one call to the next, or the command rounds them. */
    private static final Set<String> MOVING =
            Set.of("free", "allocated", "freeing", "capacity", "dedupratio", "fragmentation", "load_guid");

    private static void assertSame(Stats byCommand, Stats byIoctl) {
        assertThat(byCommand)
                .usingRecursiveComparison()
                .ignoringFields("properties")
                .isEqualTo(byIoctl);
        Properties shown = new Properties(byCommand.name(), zfs().version(), byCommand.properties());
        Properties told = new Properties(byIoctl.name(), zfs().version(), byIoctl.properties());
        told.told().forEach((name, property) -> {
            boolean printed = !name.equals("type")
                    && !property.value().isEmpty()
                    && byCommand.properties().has(name);
            // What is available changes with every transaction group of the pool.
            if (printed && !name.equals("available") && !name.matches(".*_(limit|count)")) {
                assertThat(shown.find(name)).as(byIoctl.name()).hasValue(property);
            }
        });
        assertThat(shown.guid()).isEqualTo(told.guid());
        assertThat(shown.used()).isEqualTo(told.used());
        assertThat(shown.origin()).isEqualTo(told.origin());
    }

    @Test
    void lists_byTheCommand_areThoseOfTheKernel() {
        Dataset fs = zfs().createFilesystem(
                        pool("fs1/new"),
                        properties -> properties.set("atime", "off").set("org.example:note", "a note"));
        zfs().createVolume(pool("fs1/new/volume"), 8 << 20, properties -> {});
        zfs().createFilesystem(pool("fs1/new/below"));
        Snapshot snapshot = fs.snapshot("snap");
        Dataset clone = snapshot.cloneTo(pool("clone"));
        zfs().pool(pool("")).sync(true);
        for (String name : List.of(
                fs.name(), pool("fs1/new/volume"), pool("fs1/new/below"), snapshot.name(), clone.name(), pool(""))) {
            assertSame(
                    CommandLists.find(name).orElseThrow(), ListCalls.find(name).orElseThrow());
        }
        assertThat(CommandLists.children(fs.name()))
                .extracting(Stats::name)
                .containsExactlyInAnyOrder(pool("fs1/new/below"), pool("fs1/new/volume"));
        assertThat(CommandLists.snapshots(fs.name())).extracting(Stats::name).containsExactly(snapshot.name());
        assertThat(CommandLists.pools().has("normal")).isTrue();
        assertThat(CommandLists.find(pool("nonexistent"))).isEmpty();
        assertThat(failure(() -> CommandLists.children(pool("nonexistent")))).isInstanceOf(ZfsNotFoundException.class);
    }

    /** The last value has lines that look like those of other properties. */
    @Test
    void values_withTabsAndLineBreaks_areThoseOfTheKernel() {
        Dataset fs = zfs().createFilesystem(pool("fs1/two words"));
        fs.set("atime", "off");
        fs.set("org.example:a", "a\nb");
        fs.set("org.example:b", "a\tb\n");
        fs.set("org.example:c", "x\tlocal\n" + fs.name() + "\torg.example:d\ty");
        Dataset below = zfs().createFilesystem(pool("fs1/two words/below one"));
        for (Dataset dataset : List.of(fs, below)) {
            Stats byCommand = CommandLists.find(dataset.name()).orElseThrow();
            assertSame(byCommand, ListCalls.find(dataset.name()).orElseThrow());
            Properties shown = new Properties(dataset.name(), zfs().version(), byCommand.properties());
            assertThat(shown.user()).hasSize(3).isEqualTo(dataset.properties().user());
            assertThat(shown.find("atime")).isEqualTo(dataset.properties().find("atime"));
        }
        assertThat(CommandLists.children(pool("fs1"))).extracting(Stats::name).contains(fs.name());
        assertThat(CommandProperties.received(fs.name()).isEmpty()).isTrue();
    }

    @Test
    void set_byTheCommand_isWhatTheKernelTells() {
        Dataset fs = zfs().createFilesystem(pool("fs1/new"));
        CommandProperties.set(fs.name(), Map.of("atime", "off", "quota", "64M", "org.example:note", "a = b, c"));
        assertThat(fs.properties().find("atime")).hasToString("Optional[atime=off (local)]");
        assertThat(fs.properties().number("quota")).isEqualTo(64 << 20);
        assertThat(fs.properties().user()).containsEntry("org.example:note", "a = b, c");
        CommandProperties.inherit(fs.name(), "atime", false);
        assertThat(fs.properties().find("atime")).hasToString("Optional[atime=on (default)]");
        ZfsCallException refused = failure(() -> CommandProperties.set(fs.name(), Map.of("quota", "no number")));
        assertThat(refused).hasMessageContaining("quota").hasMessageContaining(fs.name());
        assertThat(failure(() -> CommandProperties.set(pool("nonexistent"), Map.of("atime", "off"))))
                .isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void received_byTheCommand_isWhatTheKernelTells() {
        receive(full(), pool("recv@snap1"), ReceiveOptions.plain().receivedProperty("compression", "gzip"));
        Dataset received = zfs().dataset(pool("recv"));
        received.set("compression", "lz4");
        assertThat(received.receivedProperties().get("compression")).isEqualTo("gzip");
        Properties byCommand =
                new Properties(received.name(), zfs().version(), CommandProperties.received(received.name()));
        assertThat(byCommand.told()).isEqualTo(received.receivedProperties().told());
        CommandProperties.inherit(received.name(), "compression", true);
        assertThat(received.properties().find("compression")).hasToString("Optional[compression=gzip (received)]");
    }

    @Test
    void pool_byTheCommand_isWhatTheKernelTells() {
        CommandProperties.setPool(pool(""), Map.of("comment", "on"));
        zfs().pool(pool("")).sync(true);
        NvList byCommand = CommandProperties.pool(pool(""));
        for (NvPair told : PropertyCalls.pool(pool("")).pairs()) {
            if (!MOVING.contains(told.name()) && byCommand.has(told.name())) {
                assertThat(byCommand.nvlist(told.name()).find("value"))
                        .as(told.name())
                        .isEqualTo(((NvList) told.value()).find("value"));
            }
        }
        assertThat(byCommand.nvlist("comment").string("value")).isEqualTo("on");
        CommandProperties.setPool(pool(""), Map.of("comment", ""));
    }
}
