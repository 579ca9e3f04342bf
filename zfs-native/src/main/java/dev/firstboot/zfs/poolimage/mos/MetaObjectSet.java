package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.block.BlockPolicy;
import dev.firstboot.zfs.poolimage.block.BlockWriter;
import dev.firstboot.zfs.poolimage.block.SpaceAllocator;
import dev.firstboot.zfs.poolimage.block.VdevGeometry;
import dev.firstboot.zfs.poolimage.format.BlockCompression;
import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.format.ChecksumType;
import dev.firstboot.zfs.poolimage.format.ObjectType;
import dev.firstboot.zfs.poolimage.label.PoolConfig;
import dev.firstboot.zfs.poolimage.label.PoolIdentity;
import dev.firstboot.zfs.poolimage.object.Content;
import dev.firstboot.zfs.poolimage.object.Dnode;
import dev.firstboot.zfs.poolimage.object.ObjectSet;
import dev.firstboot.zfs.poolimage.object.ReservedMetaDnode;
import dev.firstboot.zfs.poolimage.object.Usage;
import dev.firstboot.zfs.poolimage.zap.Zap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the meta object set after all filesystems, with three copies of everything. Nothing takes space after it. Used once. */
public final class MetaObjectSet {
    private static final long POOL_VERSION = 5000;

    /** {@code SPA_CONFIG_BLOCKSIZE}. */
    private static final int CONFIG_BLOCK = 16 << 10;

    private static final int POINTERS = 3;

    private final SpaceAllocator space;
    private final VdevGeometry geometry;
    private final PoolIdentity identity;
    private final ObjectSet mos;

    /** Starts an empty set, which only {@link #write} fills. */
    public MetaObjectSet(BlockWriter writer, SpaceAllocator space, VdevGeometry geometry, PoolIdentity identity) {
        this.space = space;
        this.geometry = geometry;
        this.identity = identity;
        this.mos = new ObjectSet(
                writer,
                new BlockPolicy(BlockCompression.LZ4, ChecksumType.FLETCHER_4, SpaceAllocator.MAX_COPIES, Txg.LAST));
    }

    /**
     * What the labels need.
     *
     * @param root pointer to the meta object set
     * @param config the pool's configuration
     */
    public record Result(BlockPointer root, PoolConfig config) {}

    /**
     * Writes everything.
     *
     * @param datasets parents before children; the first is the root dataset
     * @param poolProperties the numbers of pool properties, by name
     * @param bootfs the dataset to boot from
     * @param snapshot the name of a snapshot of every dataset
     */
    public Result write(
            List<WrittenDataset> datasets,
            Map<String, Long> poolProperties,
            Optional<String> bootfs,
            Optional<String> snapshot)
            throws IOException {
        long directory = mos.allocate();
        DslTree tree = new DslTree(mos, identity, datasets.get(0), snapshot);
        for (WrittenDataset dataset : datasets.subList(1, datasets.size())) {
            tree.add(dataset);
        }
        tree.writeTables();
        FeatureTables features = new FeatureTables(mos, identity, tree.features());
        features.writeConstants(Txg.CONTENT);
        Deadlists lists = new Deadlists(mos, identity);
        Zap objects = new Zap(identity.salt("mos", directory))
                .add("root_dataset", tree.root())
                .add("creation_version", POOL_VERSION)
                .add("deflate", 1)
                .add("free_bpobj", lists.writeBpobj())
                .add("sync_bplist", lists.writeBpobj());
        features.addTo(objects);
        Zap properties = new Zap(identity.salt("mos props", 0));
        poolProperties.forEach(properties::add);
        bootfs.ifPresent(dataset -> properties.add("bootfs", tree.head(dataset)));
        if (properties.size() > 0) {
            objects.add("pool_props", properties.writeTo(mos, ObjectType.POOL_PROPS));
        }
        SpaceMaps maps = new SpaceMaps(mos, space, geometry);
        PoolConfig config = new PoolConfig(identity, geometry, maps.array(), Txg.LAST);
        objects.add("config", writeConfig(config.object()));
        mos.put(
                directory,
                Dnode.of(ObjectType.OBJECT_DIRECTORY, objects.write(mos, ObjectType.OBJECT_DIRECTORY, POINTERS)));
        return new Result(writeLast(tree, features, maps), config);
    }

    private long writeConfig(byte[] packed) throws IOException {
        byte[] size = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(packed.length)
                .array();
        Content content = mos.writeContent(ObjectType.PACKED_NVLIST, packed, CONFIG_BLOCK, POINTERS);
        return mos.add(Dnode.of(ObjectType.PACKED_NVLIST, content, ObjectType.PACKED_NVLIST_SIZE, size));
    }

    /** Writes the last parts: first reserves space for all of them, and writes them when nothing more is allocated. */
    private BlockPointer writeLast(DslTree tree, FeatureTables features, SpaceMaps maps) throws IOException {
        Usage before = mos.contentUsage();
        ReservedMetaDnode dnodes = new ReservedMetaDnode(mos);
        maps.reserve();
        long late = maps.reservedBytes() + features.reservedBytes();
        long once = late / SpaceAllocator.MAX_COPIES;
        tree.writeDirectories(before.plus(dnodes.usage()).plus(new Usage(late, once, once)));
        features.writeCounts(maps.count());
        maps.write();
        return dnodes.write();
    }
}
