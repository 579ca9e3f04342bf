package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.format.BlockPointer.Room;
import dev.firstboot.zfs.poolimage.format.ObjectType;
import dev.firstboot.zfs.poolimage.label.PoolIdentity;
import dev.firstboot.zfs.poolimage.object.Content;
import dev.firstboot.zfs.poolimage.object.Dnode;
import dev.firstboot.zfs.poolimage.object.ObjectSet;
import dev.firstboot.zfs.poolimage.zap.Zap;
import java.io.IOException;

/** The tables of features: how often each is in use, what it is, and since when it is enabled. */
final class FeatureTables {
    private static final int POINTERS = 3;

    private final ObjectSet mos;
    private final PoolIdentity identity;
    private final long forWrite;
    private final long forRead;
    private final long descriptions;
    private final long enabledTxg;
    private final DatasetFeatures datasets;
    private final Room room;

    FeatureTables(ObjectSet mos, PoolIdentity identity, DatasetFeatures datasets) {
        this.mos = mos;
        this.identity = identity;
        this.datasets = datasets;
        forRead = mos.allocate();
        forWrite = mos.allocate();
        descriptions = mos.allocate();
        enabledTxg = mos.allocate();
        room = mos.reserve(ObjectType.ZAP_METADATA, counts(true, forWrite, 0).microBlock().length);
    }

    /** Returns how many bytes are reserved for what is written last. */
    long reservedBytes() {
        return room.allocatedSize();
    }

    void addTo(Zap objectDirectory) {
        objectDirectory
                .add("features_for_read", forRead)
                .add("features_for_write", forWrite)
                .add("feature_descriptions", descriptions)
                .add("feature_enabled_txg", enabledTxg);
    }

    /** Writes what does not depend on the space maps. */
    void writeConstants(long txg) throws IOException {
        Zap words = zap(descriptions);
        Zap since = zap(enabledTxg);
        for (Feature feature : Feature.values()) {
            words.addString(feature.guid(), feature.description());
            since.add(feature.guid(), txg);
        }
        put(descriptions, words);
        put(enabledTxg, since);
        put(forRead, counts(false, forRead, 0));
    }

    /** Writes the counts. That of space maps is known only when nothing more is allocated, so their space was reserved before. */
    void writeCounts(long spaceMaps) throws IOException {
        put(
                forWrite,
                mos.writeReserved(
                        room,
                        ObjectType.ZAP_METADATA,
                        counts(true, forWrite, spaceMaps).microBlock(),
                        POINTERS));
    }

    private Zap counts(boolean readOnlyCompatible, long object, long spaceMaps) {
        Zap counts = zap(object);
        for (Feature feature : Feature.values()) {
            if (feature.isReadOnlyCompatible() == readOnlyCompatible) {
                counts.add(feature.guid(), count(feature, spaceMaps));
            }
        }
        return counts;
    }

    private long count(Feature feature, long spaceMaps) {
        return switch (feature) {
            // OpenZFS activates these when it enables them. Without SPACEMAP_V2 its log of space maps names no vdev,
            // and the next import fails in the kernel.
            case LZ4_COMPRESS, HOLE_BIRTH, EMBEDDED_DATA, SPACEMAP_V2 -> 1;
            case ENABLED_TXG -> Feature.values().length;
            case SPACEMAP_HISTOGRAM -> spaceMaps;
            default -> datasets.of(feature);
        };
    }

    private Zap zap(long object) {
        return new Zap(identity.salt("mos", object));
    }

    private void put(long object, Zap zap) throws IOException {
        put(object, zap.write(mos, ObjectType.ZAP_METADATA, POINTERS));
    }

    private void put(long object, Content content) throws IOException {
        mos.put(object, Dnode.of(ObjectType.ZAP_METADATA, content));
    }
}
