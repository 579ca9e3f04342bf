package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.poolimage.block.BlockPolicy;
import dev.firstboot.zfs.poolimage.block.BlockQueue;
import dev.firstboot.zfs.poolimage.block.BlockWriter;
import dev.firstboot.zfs.poolimage.block.PoolFile;
import dev.firstboot.zfs.poolimage.block.SpaceAllocator;
import dev.firstboot.zfs.poolimage.block.VdevGeometry;
import dev.firstboot.zfs.poolimage.format.BlockCompression;
import dev.firstboot.zfs.poolimage.format.ChecksumType;
import dev.firstboot.zfs.poolimage.label.VdevLabel;
import dev.firstboot.zfs.poolimage.mos.MetaObjectSet;
import dev.firstboot.zfs.poolimage.mos.Txg;
import dev.firstboot.zfs.poolimage.mos.WrittenDataset;
import dev.firstboot.zfs.poolimage.object.ObjectSet;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import dev.firstboot.zfs.poolimage.zpl.FilesystemSpec;
import dev.firstboot.zfs.poolimage.zpl.FilesystemWriter;
import dev.firstboot.zfs.poolimage.zpl.MountedFilesystems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/** Writes a described pool: filesystems, then the meta object set, then labels. Used once. */
final class PoolImageWriter {
    private static final Map<String, Long> DEFAULTS =
            Map.of("recordsize", 128L << 10, "copies", 1L, "checksum", 1L, "acltype", 0L);

    private final PoolImage image;
    private final VdevGeometry geometry;
    private final long directoriesInMemory;

    PoolImageWriter(PoolImage image, VdevGeometry geometry) {
        this(image, geometry, FilesystemSpec.DIRECTORIES_IN_MEMORY);
    }

    /** Creates a writer that keeps at most this many bytes of each filesystem's directories in memory. The limit does not change the image. */
    PoolImageWriter(PoolImage image, VdevGeometry geometry, long directoriesInMemory) {
        this.directoriesInMemory = directoriesInMemory;
        this.image = image;
        this.geometry = geometry;
    }

    void writeTo(PoolFile file) throws IOException {
        try (BlockQueue queue = new BlockQueue(Runtime.getRuntime().availableProcessors())) {
            writeTo(file, queue);
        }
    }

    /** Writes with the threads of a queue. Their number does not change the image. */
    void writeTo(PoolFile file, BlockQueue queue) throws IOException {
        SpaceAllocator space = new SpaceAllocator(geometry);
        BlockWriter writer = new BlockWriter(file, space, queue);
        Map<String, FilesystemWriter> filesystems = new LinkedHashMap<>();
        for (String name : image.datasets().keySet()) {
            filesystems.put(name, start(writer, name));
        }
        if (image.tree().isPresent()) {
            image.tree().get().walk(mounted(filesystems));
        }
        List<WrittenDataset> datasets = new ArrayList<>();
        for (Map.Entry<String, DatasetImage> dataset : image.datasets().entrySet()) {
            FilesystemWriter filesystem = Objects.requireNonNull(filesystems.remove(dataset.getKey()));
            if (dataset.getValue().tree().isPresent()) {
                dataset.getValue().tree().get().walk(filesystem);
            }
            datasets.add(new WrittenDataset(
                    dataset.getKey(), filesystem.finish(), dataset.getValue().properties()));
        }
        MetaObjectSet.Result mos = new MetaObjectSet(writer, space, geometry, image.identity())
                .write(datasets, image.properties(), image.bootfs(), image.snapshot());
        space.check();
        new VdevLabel(mos.config(), mos.root()).writeTo(file);
    }

    /** Returns the filesystems that take their files from the pool's one tree. */
    private MountedFilesystems mounted(Map<String, FilesystemWriter> filesystems) throws IOException {
        SortedMap<String, String> byMountpoint = image.mounted();
        MountedFilesystems mounted =
                new MountedFilesystems(Objects.requireNonNull(filesystems.get(byMountpoint.get("/"))));
        for (Map.Entry<String, String> mount : byMountpoint.entrySet()) {
            if (!mount.getKey().equals("/")) {
                mounted.mount(TreePath.of(mount.getKey()), Objects.requireNonNull(filesystems.get(mount.getValue())));
            }
        }
        return mounted;
    }

    private FilesystemWriter start(BlockWriter writer, String name) throws IOException {
        BlockPolicy policy = new BlockPolicy(
                BlockCompression.ofProperty(inherited(name, "compression")),
                ChecksumType.ofProperty(inherited(name, "checksum")),
                (int) inherited(name, "copies"),
                Txg.CONTENT);
        ObjectSet set = new ObjectSet(writer, policy);
        return new FilesystemWriter(
                set,
                new FilesystemSpec(
                        (int) inherited(name, "recordsize"),
                        Txg.CONTENT,
                        inherited(name, "acltype") == 1,
                        image.identity().created(),
                        directoriesInMemory,
                        object -> image.identity().salt(name, object)));
    }

    /** Returns a property as the dataset or its nearest parent sets it; else its default. */
    private long inherited(String name, String property) {
        for (String at = name; ; at = parent(at)) {
            DatasetImage spec = image.datasets().get(at);
            if (spec != null && spec.properties().get(property) instanceof Long value) {
                return value;
            }
            if (at.isEmpty()) {
                return Objects.requireNonNull(DEFAULTS.get(property), property);
            }
        }
    }

    private static String parent(String name) {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? "" : name.substring(0, slash);
    }
}
