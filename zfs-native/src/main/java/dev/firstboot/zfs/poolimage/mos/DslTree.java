package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.format.DatasetFeature;
import dev.firstboot.zfs.poolimage.format.ObjectType;
import dev.firstboot.zfs.poolimage.label.PoolIdentity;
import dev.firstboot.zfs.poolimage.mos.DslDataset.Birth;
import dev.firstboot.zfs.poolimage.mos.DslDataset.Data;
import dev.firstboot.zfs.poolimage.mos.DslDataset.Snapshot;
import dev.firstboot.zfs.poolimage.object.Content;
import dev.firstboot.zfs.poolimage.object.Dnode;
import dev.firstboot.zfs.poolimage.object.ObjectSet;
import dev.firstboot.zfs.poolimage.object.Usage;
import dev.firstboot.zfs.poolimage.zap.Zap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tree of datasets with its hidden members {@code $MOS}, {@code $FREE} and {@code $ORIGIN}. Every filesystem descends from the empty snapshot of
 * {@code $ORIGIN}: {@code dsl_pool_create} and {@code dsl_dataset_create_sync_dd}. Not thread-safe.
 */
final class DslTree {
    private final ObjectSet mos;
    private final PoolIdentity identity;
    private final Optional<String> snapshot;
    private final Deadlists deadlists;
    private final Map<String, DslDirectory> directories = new LinkedHashMap<>();
    private final List<DslDirectory> all = new ArrayList<>();
    private final DslDirectory mosDirectory;
    private final DslDirectory originDirectory;
    private final long originSnapshot;
    private final Zap nextClones;
    private final Zap clones;
    private int clonesCount;
    private final DatasetFeatures features = new DatasetFeatures();

    /** Starts a tree with its root, which has the name of the pool, and the hidden members. */
    DslTree(ObjectSet mos, PoolIdentity identity, WrittenDataset root, Optional<String> snapshot) throws IOException {
        this.mos = mos;
        this.identity = identity;
        this.snapshot = snapshot;
        this.deadlists = new Deadlists(mos, identity);
        this.nextClones = new Zap(identity.salt("mos next clones", 0));
        this.clones = new Zap(identity.salt("mos clones", 0));
        DslDirectory top = directory("", identity.name(), null, root.properties());
        mosDirectory = directory("$MOS", "$MOS", top, Map.of());
        directory("$FREE", "$FREE", top, Map.of());
        originDirectory = directory("$ORIGIN", "$ORIGIN", top, Map.of());
        originSnapshot = mos.allocate();
        addFilesystem(top, root, Txg.ORIGIN);
    }

    long root() {
        return find("").object();
    }

    private DslDirectory find(String path) {
        return Objects.requireNonNull(directories.get(path), path);
    }

    private DslDirectory directory(
            String path, String name, @Nullable DslDirectory parent, Map<String, Object> properties) {
        DslDirectory directory = new DslDirectory(mos, name, parent, properties);
        directories.put(path, directory);
        all.add(directory);
        return directory;
    }

    /** Adds a filesystem below one that was added before. */
    void add(WrittenDataset dataset) throws IOException {
        int slash = dataset.name().lastIndexOf('/');
        DslDirectory parent = find(slash < 0 ? "" : dataset.name().substring(0, slash));
        DslDirectory directory =
                directory(dataset.name(), dataset.name().substring(slash + 1), parent, dataset.properties());
        addFilesystem(directory, dataset, Txg.CONTENT);
    }

    /** Returns the dataset object of a filesystem. */
    long head(String name) {
        return find(name).head();
    }

    private void addFilesystem(DslDirectory directory, WrittenDataset dataset, long createdTxg) throws IOException {
        Snapshot origin = new Snapshot(originSnapshot, Txg.ORIGIN);
        long head = mos.allocate();
        Usage usage = dataset.written().usage();
        Data data = new Data(usage, dataset.written().root());
        directory.head(head, originSnapshot, usage);
        Zap names = zap(head);
        Snapshot previous = origin;
        long firstDeadlist = deadlists.write(0);
        if (snapshot.isPresent()) {
            long object = mos.allocate();
            names.add(snapshot.get(), object);
            previous = new Snapshot(object, Txg.SNAPSHOT);
            Birth taken = birth(directory, dataset.name() + "@" + snapshot.get(), Txg.SNAPSHOT);
            put(
                    object,
                    DslDataset.snapshot(taken, data, origin, head, firstDeadlist),
                    dataset.written().features());
        }
        long snapshotNames = names.writeTo(mos, ObjectType.DSL_DS_SNAP_MAP);
        long deadlist = snapshot.isPresent() ? deadlists.write(0, origin.txg()) : firstDeadlist;
        long unique = snapshot.isPresent() ? 0 : usage.allocated();
        Birth made = birth(directory, dataset.name(), createdTxg);
        put(
                head,
                DslDataset.head(made, data, previous, snapshotNames, deadlist, unique),
                dataset.written().features());
        long descendant = snapshot.isPresent() ? previous.object() : head;
        nextClones.add(Long.toHexString(descendant), descendant);
        clones.add(Long.toHexString(head), head);
        clonesCount++;
    }

    /** @param name the name from which its numbers are derived */
    private Birth birth(DslDirectory directory, String name, long txg) {
        return new Birth(directory.object(), created(), txg, identity.fsidGuid(name), identity.datasetGuid(name));
    }

    /** Writes all tables; the directories themselves come last. */
    void writeTables() throws IOException {
        long originHead = mos.allocate();
        long names = zap(originHead).add("$ORIGIN", originSnapshot).writeTo(mos, ObjectType.DSL_DS_SNAP_MAP);
        originDirectory.head(originHead, 0, Usage.NONE);
        originDirectory.clones(clones.writeTo(mos, ObjectType.DSL_CLONES));
        long next = nextClones.writeTo(mos, ObjectType.NEXT_CLONES);
        Birth taken = birth(originDirectory, "$ORIGIN@$ORIGIN", Txg.ORIGIN);
        put(
                originSnapshot,
                DslDataset.snapshot(taken, Data.NONE, Snapshot.NONE, originHead, deadlists.write())
                        .withClones(clonesCount, next));
        Birth made = birth(originDirectory, "$ORIGIN", Txg.ORIGIN);
        Snapshot origin = new Snapshot(originSnapshot, Txg.ORIGIN);
        put(originHead, DslDataset.head(made, Data.NONE, origin, names, deadlists.write(0), 0));
        for (DslDirectory directory : all) {
            writeTables(directory);
        }
    }

    private void writeTables(DslDirectory directory) throws IOException {
        Zap properties = zap(directory.propertyZap());
        directory.properties().forEach((name, value) -> {
            if (value instanceof Long number) {
                properties.add(name, number);
            } else {
                properties.addString(name, value.toString());
            }
        });
        put(directory.propertyZap(), ObjectType.DSL_PROPS, properties);
        Zap children = zap(directory.childZap());
        for (DslDirectory child : directory.children()) {
            children.add(child.name(), child.object());
        }
        put(directory.childZap(), ObjectType.DSL_DIR_CHILD_MAP, children);
    }

    /** Writes the directories, with the bytes of the meta object set itself. */
    void writeDirectories(Usage ofMos) throws IOException {
        mosDirectory.usage(ofMos);
        for (DslDirectory directory : all) {
            byte[] bonus = directory.bytes(created());
            mos.put(directory.object(), withoutContent(ObjectType.DSL_DIR, bonus));
        }
    }

    private long created() {
        return identity.created().getEpochSecond();
    }

    private Zap zap(long object) {
        return new Zap(identity.salt("mos", object));
    }

    private void put(long object, DslDataset dataset) throws IOException {
        mos.put(object, withoutContent(ObjectType.DSL_DATASET, dataset.bytes()));
    }

    /** Writes a dataset with a table of the features that it uses: {@code dsl_dataset_activate_feature}. */
    private void put(long object, DslDataset dataset, Set<DatasetFeature> used) throws IOException {
        if (used.isEmpty()) {
            put(object, dataset);
            return;
        }
        byte[] bonus = dataset.bytes();
        Zap table = zap(object);
        used.forEach(feature -> table.add(Feature.of(feature).guid(), 0));
        Content content =
                table.write(mos, ObjectType.ZAP_METADATA, Dnode.blockPointers(ObjectType.DSL_DATASET, bonus.length));
        mos.put(object, Dnode.of(ObjectType.ZAP_METADATA, content, ObjectType.DSL_DATASET, bonus));
        features.count(used);
    }

    /** Returns how many filesystems and snapshots use each feature. */
    DatasetFeatures features() {
        return features;
    }

    private void put(long object, ObjectType type, Zap zap) throws IOException {
        mos.put(object, Dnode.of(type, zap.write(mos, type, 3)));
    }

    private static Dnode withoutContent(ObjectType type, byte[] bonus) {
        return Dnode.of(type, Content.empty(Dnode.blockPointers(type, bonus.length)), type, bonus);
    }
}
