package dev.firstboot.zfs.pool;

import dev.firstboot.zfs.pool.block.BlockPolicy;
import dev.firstboot.zfs.pool.block.BlockWriter;
import dev.firstboot.zfs.pool.block.PoolFile;
import dev.firstboot.zfs.pool.block.SpaceAllocator;
import dev.firstboot.zfs.pool.block.VdevGeometry;
import dev.firstboot.zfs.pool.format.BlockCompression;
import dev.firstboot.zfs.pool.label.VdevLabel;
import dev.firstboot.zfs.pool.mos.Dataset;
import dev.firstboot.zfs.pool.mos.MetaObjectSet;
import dev.firstboot.zfs.pool.mos.Txg;
import dev.firstboot.zfs.pool.object.ObjectSet;
import dev.firstboot.zfs.pool.zpl.FilesystemSpec;
import dev.firstboot.zfs.pool.zpl.FilesystemWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes a described pool: filesystems, then the meta object set, then labels. Used once. */
final class PoolImageWriter {
    private static final long DEFAULT_RECORD_SIZE = 128 << 10;

    private final PoolImage image;
    private final VdevGeometry geometry;

    PoolImageWriter(PoolImage image, VdevGeometry geometry) {
        this.image = image;
        this.geometry = geometry;
    }

    void writeTo(Path path) throws IOException {
        try (PoolFile file = new PoolFile(path, geometry)) {
            SpaceAllocator space = new SpaceAllocator(geometry);
            BlockWriter writer = new BlockWriter(file, space);
            List<Dataset> datasets = new ArrayList<>();
            for (Map.Entry<String, DatasetSpec> dataset : image.datasets().entrySet()) {
                datasets.add(write(writer, dataset.getKey(), dataset.getValue()));
            }
            MetaObjectSet.Result mos = new MetaObjectSet(writer, space, geometry, image.identity())
                    .write(datasets, image.bootfs(), image.snapshot());
            new VdevLabel(mos.config(), mos.root()).writeTo(file);
            file.sync();
        }
    }

    private Dataset write(BlockWriter writer, String name, DatasetSpec spec) throws IOException {
        BlockCompression compression = inherited(name, "compression") == BlockCompression.LZ4.code()
                ? BlockCompression.LZ4
                : BlockCompression.OFF;
        ObjectSet set = new ObjectSet(writer, new BlockPolicy(compression, 1, Txg.CONTENT));
        FilesystemWriter filesystem = new FilesystemWriter(
                set,
                new FilesystemSpec(
                        (int) inherited(name, "recordsize"),
                        Txg.CONTENT,
                        image.identity().created(),
                        object -> image.identity().salt(name, object)));
        if (spec.tree().isPresent()) {
            spec.tree().get().walk(filesystem);
        }
        return new Dataset(name, filesystem.finish(), spec.properties());
    }

    /** A property as the dataset or the nearest one above it sets it. */
    private long inherited(String name, String property) {
        for (String at = name; ; at = parent(at)) {
            DatasetSpec spec = image.datasets().get(at);
            if (spec != null && spec.properties().get(property) instanceof Long value) {
                return value;
            }
            if (at.isEmpty()) {
                return DEFAULT_RECORD_SIZE;
            }
        }
    }

    private static String parent(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }
}
