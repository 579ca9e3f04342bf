package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.Pool;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.error.ZfsSpaceException;
import dev.firstboot.zfs.internal.ffi.PropertyCalls;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.property.Properties;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What libzfs_core lacks: lists and properties, with the {@code zfs} command as the judge. */
class PropertiesTest extends PoolsTest {
    /** They came with 2.2, 2.3 and 2.4, the last one to volumes. */
    private static final List<String> SINCE =
            List.of("prefetch", "direct", "longname", "volthreading", "defaultuserquota", "special_small_blocks");

    /** Whether it is mounted is asked of the mount table, not of the kernel's properties. */
    private static void assertAsZfsTells(String name, Properties properties) {
        List<String> lines = Commands.run("zfs", "get", "-Hp", "-o", "property,value,source", "all", name)
                .lines()
                .filter(line -> !line.startsWith("mounted\t") && !line.startsWith("type\t"))
                .toList();
        assertThat(lines).hasSizeGreaterThan(15);
        for (String since : SINCE) {
            assertThat(properties.find(since).isPresent())
                    .as("whether %s has %s", name, since)
                    .isEqualTo(lines.stream()
                            .anyMatch(line -> line.startsWith(since + "\t") && !line.startsWith(since + "\t-")));
        }
        for (String line : lines) {
            String[] words = line.split("\t", -1);
            // Before 2.2, `zfs get -p` printed the number that stands for no limit.
            boolean noLimit = words[0].matches(".*_(limit|count)") && words[1].equals("18446744073709551615");
            String value = words[1].equals("-") ? "" : noLimit ? "none" : words[1];
            String own =
                    properties.find(words[0]).map(property -> property.value()).orElse("");
            assertThat(own).as("%s of %s", words[0], name).isEqualTo(value);
            properties
                    .find(words[0])
                    .filter(property -> !value.isEmpty())
                    .ifPresent(property -> assertThat(property.source().toString())
                            .as("source of %s of %s", words[0], name)
                            .isEqualTo(words[2]));
        }
    }

    @Test
    void properties_ofAFilesystem_areWhatZfsTells() {
        Dataset fs = zfs().createFilesystem(
                        pool("fs1/new"),
                        properties -> properties
                                .set("recordsize", "1M")
                                .set("compression", "zstd-7")
                                .set("mountpoint", "/somewhere")
                                .set("quota", "64M")
                                .set("casesensitivity", "mixed")
                                .set("normalization", "formC")
                                .set("org.example:note", "a note"));
        assertAsZfsTells(fs.name(), fs.properties());
        assertThat(fs.properties().get("compression")).isEqualTo("zstd-7");
        assertThat(fs.properties().get("casesensitivity")).isEqualTo("mixed");
        assertThat(fs.properties().user()).containsEntry("org.example:note", "a note");
        Dataset below = zfs().createFilesystem(pool("fs1/new/below"));
        assertAsZfsTells(below.name(), below.properties());
        assertThat(below.properties().get("mountpoint")).isEqualTo("/somewhere/below");
    }

    @Test
    void properties_ofAVolumeASnapshotAndAClone_areWhatZfsTells() {
        Dataset volume = zfs().createVolume(pool("volume"), 8 << 20, properties -> {});
        assertAsZfsTells(volume.name(), volume.properties());
        Snapshot snapshot = zfs().dataset(pool("fs1")).snapshot("snap");
        Dataset clone = snapshot.cloneTo(pool("clone"));
        assertAsZfsTells(snapshot.name(), snapshot.properties());
        assertAsZfsTells(clone.name(), clone.properties());
        assertThat(snapshot.properties().get("clones")).isEqualTo(clone.name());
        assertAsZfsTells(pool(""), zfs().dataset(pool("")).properties());
    }

    @Test
    void set_andInherit_changeValueAndSource() {
        Dataset fs = zfs().dataset(pool("fs1"));
        fs.set("atime", "off");
        assertThat(fs.properties().find("atime")).hasToString("Optional[atime=off (local)]");
        assertThat(zfs().dataset(pool("fs1/fs")).properties().find("atime"))
                .hasToString("Optional[atime=off (inherited from normal/fs1)]");
        fs.inherit("atime");
        assertThat(fs.properties().find("atime")).hasToString("Optional[atime=on (default)]");
        fs.set(properties -> properties.set("org.example:a", "1").set("org.example:b", "2"));
        assertThat(fs.properties().user()).containsOnlyKeys("org.example:a", "org.example:b");
        fs.inherit("org.example:a");
        fs.inherit("org.example:b");
        assertThat(fs.properties().user()).isEmpty();
    }

    @Test
    void set_whatCannotBe_isToldAndChangesNothing() {
        Dataset fs = zfs().createFilesystem(pool("fs1/new"));
        assertThatThrownBy(() -> fs.set("used", "1")).hasMessage("used is read only");
        assertThatThrownBy(() -> fs.set("atime", "maybe")).hasMessageContaining("one of off, on");
        assertThat(failure(() -> PropertyCalls.set(
                                fs.name(),
                                NvList.builder().addUint64("atime", 100).build(),
                                Map.of()))
                        .errno())
                .isIn(Errno.EINVAL, Errno.ZFS_ERR_BADPROP);
        assertThat(failure(() -> PropertyCalls.set(
                                fs.name(),
                                NvList.builder().addUint64("nosuchprop", 0).build(),
                                Map.of()))
                        .errno())
                .isIn(Errno.EINVAL, Errno.ZFS_ERR_BADPROP);
        assertThat(failure(() -> fs.set("refquota", "1"))).isInstanceOf(ZfsSpaceException.class);
        assertThat(failure(() -> zfs().dataset(pool("nonexistent")).set("atime", "on")))
                .isInstanceOf(ZfsNotFoundException.class);
        assertThat(failure(() -> zfs().dataset(pool("nonexistent")).properties()))
                .isInstanceOf(ZfsNotFoundException.class);
        assertThat(fs.properties().get("atime")).isEqualTo("on");
    }

    @Test
    void lists_ofAllKinds_areWhatZfsLists() {
        zfs().createVolume(pool("fs1/volume"), 1 << 20, properties -> {});
        snapshot(pool("fs1@b"));
        snapshot(pool("fs1@a"));
        zfs().snapshot(pool("fs1@b")).bookmark("mark");
        assertThat(zfs().pools()).extracting(Pool::name).contains("frozen", "misc", "normal", "rpool");
        assertThat(zfs().dataset(pool("")).descendants())
                .extracting(Dataset::name)
                .isEqualTo(lines("zfs", "list", "-Hr", "-t", "filesystem,volume", "-o", "name", pool(""))
                        .subList(1, 5));
        assertThat(zfs().dataset(pool("fs1")).snapshots())
                .extracting(Snapshot::name)
                .isEqualTo(lines("zfs", "list", "-H", "-t", "snapshot", "-s", "createtxg", "-o", "name", pool("fs1")));
        assertThat(zfs().dataset(pool("fs1")).snapshotProperties())
                .extracting(properties -> properties.get("guid"))
                .isEqualTo(lines("zfs", "list", "-Hp", "-t", "snapshot", "-s", "createtxg", "-o", "guid", pool("fs1")));
        assertThat(zfs().dataset(pool("fs1")).bookmarks()).hasToString("[normal/fs1#mark]");
        assertThat(failure(() -> zfs().dataset(pool("nonexistent")).children()))
                .isInstanceOf(ZfsNotFoundException.class);
    }

    /** More than fit into the room that is offered at first. */
    @Test
    void properties_ofManyUserProperties_areAllThere() {
        Dataset fs = zfs().createFilesystem(pool("fs1/new"));
        fs.set(properties -> {
            for (int i = 0; i < 300; i++) {
                properties.set("org.example:number" + i, "x".repeat(200));
            }
        });
        assertThat(fs.properties().user()).hasSize(300);
        assertThat(zfs().dataset(pool("fs1")).children()).hasSize(2);
    }

    @Test
    void pool_properties_nameItsGuid() {
        assertThat(Long.toUnsignedString(
                        zfs().pool(pool("")).properties().nvlist("guid").uint64("value")))
                .isEqualTo(Commands.run("zpool", "get", "-Hpo", "value", "guid", pool(""))
                        .strip());
        assertThat(zfs().pool(pool("")).configuration().string("name")).isEqualTo(pool(""));
    }

    private static List<String> lines(String... command) {
        return Commands.run(command).lines().toList();
    }
}
