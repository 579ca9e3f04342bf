package dev.firstboot.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.error.InvalidNameException;
import dev.firstboot.zfs.poolimage.ByteSize;
import dev.firstboot.zfs.poolimage.DatasetImage;
import dev.firstboot.zfs.poolimage.PoolImage;
import dev.firstboot.zfs.property.PropertyEdit;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A name that nothing can have is one kind of error, wherever it is given, and nothing is asked of ZFS: there is none here. */
class WrongNamesTest {
    private static final String NUL = "a\0b";
    private static final List<String> DATASETS =
            List.of("", "/", "tank/", "tank//a", "tank/..", "tank/a%b", NUL, "ä", "a".repeat(256));
    private static final List<String> PARTS =
            List.of("", ".", "..", "a/b", "a@b", "a#b", "a%b", NUL, "ä", "a".repeat(256));
    private static final List<String> PROPERTIES =
            List.of("", "two words", "Compression", "Org.example:a", "org:é", NUL, "a".repeat(256));
    private static final List<String> USERS_OWN =
            List.of("Org.example:a", "org:é", "org:a b", "org:" + NUL, ":" + "a".repeat(255));

    /** What takes text that is no name, or is no door of its own. */
    private static final Set<String> OTHERS = Set.of(
            "Zfs.hasFunction", // a function of a library
            "Pool.run", // a program
            "Pool.query",
            "Lease.hold", // opens /dev/zfs first; goes the way of Batch.hold
            "Device.equals");

    private final Map<String, Consumer<String>> entries = new LinkedHashMap<>();
    private final Map<String, List<String>> names = new LinkedHashMap<>();

    WrongNamesTest() throws ReflectiveOperationException {
        Constructor<Zfs> constructor = Zfs.class.getDeclaredConstructor(String.class);
        constructor.setAccessible(true);
        Zfs zfs = constructor.newInstance("2.3.9");
        of(DATASETS, "Zfs.dataset", zfs::dataset);
        of(DATASETS, "Zfs.exists", zfs::exists);
        of(DATASETS, "Zfs.createFilesystem", zfs::createFilesystem);
        of(DATASETS, "Zfs.createFilesystem+", name -> zfs.createFilesystem(name, edit -> {}));
        of(
                DATASETS,
                "Zfs.createEncryptedFilesystem",
                name -> zfs.createEncryptedFilesystem(name, new byte[32], e -> {}));
        of(DATASETS, "Zfs.createVolume", name -> zfs.createVolume(name, 1 << 20, edit -> {}));
        of(DATASETS, "Zfs.snapshot", name -> zfs.snapshot(name + "@s"));
        of(PARTS, "Zfs.snapshot+", name -> zfs.snapshot("tank@" + name));
        of(DATASETS, "Zfs.bookmark", name -> zfs.bookmark(name + "#b"));
        of(
                List.of("", "tank/a", "1tank", "mirror", "raidz2", "log", "tank@s", NUL, "a".repeat(256)),
                "Zfs.pool",
                zfs::pool);
        Dataset dataset = zfs.dataset("tank/a");
        of(PARTS, "Dataset.snapshot", dataset::snapshot);
        of(PARTS, "Dataset.snapshotAll", dataset::snapshotAll);
        of(DATASETS, "Dataset.rename", dataset::rename);
        of(PROPERTIES, "Dataset.set", name -> dataset.set(name, "on"));
        of(PROPERTIES, "Dataset.inherit", dataset::inherit);
        of(PROPERTIES, "Dataset.inheritReceived", dataset::inheritReceived);
        Snapshot snapshot = zfs.snapshot("tank/a@s");
        of(DATASETS, "Snapshot.cloneTo", snapshot::cloneTo);
        of(DATASETS, "Snapshot.cloneTo+", name -> snapshot.cloneTo(name, edit -> {}));
        of(PARTS, "Snapshot.rename", snapshot::rename);
        of(PARTS, "Snapshot.bookmark", snapshot::bookmark);
        of(PARTS, "Snapshot.redact", name -> snapshot.redact(name, List.of()));
        of(List.of("", NUL, "t".repeat(256)), "Snapshot.hold", snapshot::hold);
        of(List.of("", NUL, "t".repeat(256)), "Snapshot.release", snapshot::release);
        of(DATASETS, "Bookmark.copyTo", name -> zfs.bookmark("tank#b").copyTo(name + "#c"));
        Pool pool = zfs.pool("tank");
        Device device = new Device(1, "disk", Optional.of("/dev/vda"));
        of(PROPERTIES, "Pool.set", name -> pool.set(name, "on"));
        of(PROPERTIES, "Pool.set+", name -> pool.set(device, name, "on"));
        of(PROPERTIES, "Pool.properties", name -> pool.properties(device, List.of(name)));
        Batch batch = zfs.batch();
        of(DATASETS, "Batch.destroy", name -> batch.destroy(List.of(name + "@s")));
        of(DATASETS, "Batch.destroyDeferred", name -> batch.destroyDeferred(List.of(name + "@s")));
        of(DATASETS, "Batch.bookmark", name -> batch.bookmark(Map.of("tank#b", name + "@s")));
        of(DATASETS, "Batch.destroyBookmarks", name -> batch.destroyBookmarks(List.of(name + "#b")));
        of(DATASETS, "Batch.hold", name -> batch.hold(Map.of(name + "@s", "tag")));
        of(DATASETS, "Batch.release", name -> batch.release(Map.of(name + "@s", List.of("tag"))));
        of(DATASETS, "SnapshotGroup.addSnapshot", name -> zfs.takeSnapshots(tx -> tx.addSnapshot(name + "@s")));
        of(PROPERTIES, "SnapshotGroup.property", name -> zfs.takeSnapshots(tx -> tx.property(name, "x")));
        of(
                PROPERTIES,
                "ReceiveOptions.property",
                name -> assertThat(ReceiveOptions.plain().property(name, "x")).isNotNull());
        of(
                PROPERTIES,
                "ReceiveOptions.receivedProperty",
                name -> assertThat(ReceiveOptions.plain().receivedProperty(name, "x"))
                        .isNotNull());
        of(
                PARTS,
                "SendOptions.redacted",
                name -> assertThat(SendOptions.full().redacted(name)).isNotNull());
        of(PROPERTIES, "PropertyEdit.set", name -> new PropertyEdit("2.3.9").set(name, "on"));
        of(
                List.of("", "1tank", "mirror", "raidz2", "log", "a/b", "a@b", NUL, "ä", "a".repeat(256)),
                "PoolImage.pool",
                name -> PoolImage.builder().pool(name));
        of(DATASETS, "PoolImage.dataset", name -> PoolImage.builder().addDataset(name, d -> {}));
        of(DATASETS, "PoolImage.bootfs", name -> PoolImage.builder().bootfs(name));
        of(PARTS, "PoolImage.snapshot", name -> PoolImage.builder().snapshot(name));
        of(USERS_OWN, "DatasetImage.property", name -> spec(d -> d.property(name, "x")));
        of(USERS_OWN, "DatasetImage.userProperty", name -> spec(d -> d.userProperty(name, "x")));
    }

    private static void spec(Consumer<DatasetImage.Builder> parts) {
        PoolImage.builder().addDataset("a", parts);
    }

    private void of(List<String> wrong, String entry, Consumer<String> call) {
        entries.put(entry, call);
        names.put(entry, wrong);
    }

    @Test
    void wrongNames_atEveryEntry_areInvalidNames() {
        entries.forEach((entry, call) -> names.get(entry)
                .forEach(name -> assertThatThrownBy(() -> call.accept(name), "%s('%s')", entry, name)
                        .isInstanceOf(InvalidNameException.class)
                        .hasMessageContaining("is not a valid name: ")));
    }

    /** Whoever adds an entry that takes a name adds it here. */
    @Test
    void entries_thatTakeText_areAllTried() {
        Set<String> tried = new TreeSet<>();
        entries.keySet().forEach(entry -> tried.add(entry.replace("+", "")));
        assertThat(Stream.of(
                                Zfs.class,
                                Dataset.class,
                                Snapshot.class,
                                Bookmark.class,
                                Pool.class,
                                Batch.class,
                                Lease.class,
                                SnapshotGroup.class,
                                SendOptions.class,
                                ReceiveOptions.class,
                                Device.class)
                        .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                        .filter(method -> Modifier.isPublic(method.getModifiers()))
                        .filter(WrongNamesTest::takesText)
                        .map(method -> method.getDeclaringClass().getSimpleName() + "." + method.getName())
                        .filter(entry -> !OTHERS.contains(entry)))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(tried).contains(entry));
    }

    private static boolean takesText(Method method) {
        return Stream.of(method.getGenericParameterTypes())
                .map(type -> type.getTypeName())
                .anyMatch(type -> type.contains(String.class.getName()));
    }

    @Test
    void wrongArguments_ofAPool_areIllegalArguments() {
        Map<String, ThrowingCallable> calls = Map.of(
                "ashift", () -> PoolImage.builder().ashift(8),
                "record size", () -> spec(d -> d.recordSize(ByteSize.bytes(1000))),
                "mountpoint", () -> spec(d -> d.mountpoint("srv")),
                "property that there is not", () -> spec(d -> d.property("compresion", "lz4")),
                "value that there is not", () -> spec(d -> d.property("compression", "lz5")),
                "negative size", () -> ByteSize.bytes(-1),
                "size beyond 2^63", () -> ByteSize.gibibytes(Long.MAX_VALUE),
                "property of ZFS", () -> new PropertyEdit("2.3.9").set("compression", "lz5"));
        calls.forEach((what, call) -> assertThatThrownBy(call, what).isInstanceOf(IllegalArgumentException.class));
    }

    /** As the kernel takes them; {@code userquota@} and its like have almost anything behind it. */
    @Test
    void rightNames_always_pass() {
        for (String name : List.of(
                "compression",
                "userquota@DOM\\alice",
                "feature@async_destroy",
                "org.example:a+b",
                ":",
                "a".repeat(255))) {
            assertThat(new PropertyEdit("2.3.9")
                            .set(name, name.equals("compression") ? "lz4" : "1")
                            .texts())
                    .containsKey(name);
        }
    }
}
