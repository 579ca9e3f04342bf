package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.error.InvalidNameException;
import dev.firstboot.zfs.internal.name.ZfsNames;
import dev.firstboot.zfs.poolimage.block.PoolFile;
import dev.firstboot.zfs.poolimage.block.VdevGeometry;
import dev.firstboot.zfs.poolimage.block.ZstdLibrary;
import dev.firstboot.zfs.poolimage.format.BlockCompression;
import dev.firstboot.zfs.poolimage.label.PoolIdentity;
import dev.firstboot.zfs.poolimage.tree.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The description of a pool on one disk, which can write itself into a file. Immutable; thread-safe if its trees are.
 *
 * <pre>{@code
 * PoolImage.builder()
 *     .pool("rpool")
 *     .compression(Compression.LZ4)
 *     .addDataset("ROOT/default", d -> d.mountpoint("/").canmount(CanMount.NOAUTO).tree(DirectoryTree.of(rootfs)))
 *     .bootfs("ROOT/default")
 *     .writeTo(Path.of("rpool.img"), ByteSize.gibibytes(8));
 * }</pre>
 *
 * <p>The same description, trees and size give the same bytes: GUIDs depend on {@link Builder#seed}, times on {@link Builder#created} and the trees.
 * Where lz4-java cannot load its native library, LZ4 blocks have other bytes; a warning says so.
 */
public final class PoolImage {
    private final PoolIdentity identity;
    private final int ashift;
    private final Map<String, DatasetImage> datasets;
    private final Map<String, Long> properties;
    private final @Nullable Tree tree;
    private final @Nullable String bootfs;
    private final @Nullable String snapshot;

    private PoolImage(Builder builder, String name) {
        identity = new PoolIdentity(name, builder.seed == null ? name : builder.seed, builder.created);
        ashift = builder.ashift;
        datasets = Collections.unmodifiableMap(new TreeMap<>(builder.withParents()));
        properties = Collections.unmodifiableMap(new TreeMap<>(builder.properties));
        tree = builder.tree;
        bootfs = builder.bootfs;
        snapshot = builder.snapshot;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    PoolIdentity identity() {
        return identity;
    }

    /** Returns the filesystems by name, parents first; the name of the root dataset is empty. */
    Map<String, DatasetImage> datasets() {
        return datasets;
    }

    /** Returns the properties of the pool itself, as ZFS stores them. */
    Map<String, Long> properties() {
        return properties;
    }

    /** Returns the tree that is divided among the datasets by their mountpoints. */
    Optional<Tree> tree() {
        return Optional.ofNullable(tree);
    }

    /** Returns the datasets that take their files from the pool's one tree: names by mountpoint, sorted, so that {@code /} is first. */
    SortedMap<String, String> mounted() {
        SortedMap<String, String> mounted = new TreeMap<>();
        datasets.forEach((name, dataset) -> dataset.mountpoint()
                .filter(path -> dataset.tree().isEmpty())
                .ifPresent(path -> mounted.put(path, name)));
        return mounted;
    }

    Optional<String> bootfs() {
        return Optional.ofNullable(bootfs);
    }

    Optional<String> snapshot() {
        return Optional.ofNullable(snapshot);
    }

    /**
     * Writes the pool into a file with mode 0600, whatever the umask, because trees may contain keys. Replaces an existing file once the new one is complete.
     * After an error nothing is left behind.
     *
     * @throws IllegalArgumentException if the size is less than 64 MiB, the least that ZFS takes
     * @throws dev.firstboot.zfs.error.ZfsException if the trees do not fit or are malformed; no file is left behind
     * @throws UncheckedIOException if reading or writing fails; no file is left behind
     */
    public void writeTo(Path path, ByteSize size) {
        VdevGeometry geometry = geometry(size);
        Path target = path.toAbsolutePath();
        Path partial = target.resolveSibling(target.getFileName() + ".partial");
        try {
            Files.deleteIfExists(partial);
            try {
                try (PoolFile file = PoolFile.create(partial, geometry)) {
                    new PoolImageWriter(this, geometry).writeTo(file);
                    file.sync();
                }
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw failed(target, e);
        }
    }

    /**
     * Writes the pool into a part of an existing file, such as a partition of a disk. That part should consist of holes: blocks that are not written keep their
     * bytes. After an error the part is unusable. The file is not synced to disk.
     *
     * @param path the file
     * @param offset where the part starts, in bytes
     * @param size how large the part is
     * @throws IllegalArgumentException if the size is less than 64 MiB, the least that ZFS takes
     * @throws dev.firstboot.zfs.error.ZfsException if the trees do not fit or are malformed
     * @throws UncheckedIOException if reading or writing fails
     */
    public void writeInto(Path path, long offset, ByteSize size) {
        VdevGeometry geometry = geometry(size);
        try (PoolFile file = PoolFile.within(path, offset, geometry)) {
            new PoolImageWriter(this, geometry).writeTo(file);
        } catch (IOException e) {
            throw failed(path, e);
        }
    }

    private VdevGeometry geometry(ByteSize size) {
        if (size.bytes() < VdevGeometry.SMALLEST) {
            throw new IllegalArgumentException(
                    "a pool of " + size + " is too small: ZFS wants at least " + ByteSize.bytes(VdevGeometry.SMALLEST));
        }
        return new VdevGeometry(size.bytes(), ashift);
    }

    private UncheckedIOException failed(Path target, IOException cause) {
        return new UncheckedIOException(
                "writing the pool " + identity.name() + " to " + target + " failed: " + cause.getMessage(), cause);
    }

    /** Returns the pool's name and its filesystems. */
    @Override
    public String toString() {
        return "pool " + identity.name() + " with " + datasets.keySet();
    }

    /** Builds a {@link PoolImage}. Not thread-safe. */
    public static final class Builder {
        private static final int DEFAULT_ASHIFT = 12;

        private final Map<String, DatasetImage> datasets = new LinkedHashMap<>();
        private final Map<String, Long> properties = new LinkedHashMap<>();
        private final DatasetImage.Builder root = new DatasetImage.Builder();
        private @Nullable Tree tree;
        private @Nullable String pool;
        private @Nullable String seed;
        private @Nullable String bootfs;
        private @Nullable String snapshot;
        private Instant created = Instant.EPOCH;
        private int ashift = DEFAULT_ASHIFT;
        private Compression compression = Compression.LZ4;

        private Builder() {}

        /**
         * Sets the pool's name. Required.
         *
         * @throws InvalidNameException if no pool can have this name
         */
        public Builder pool(String name) {
            pool = ZfsNames.pool(name);
            return this;
        }

        /** Sets the binary logarithm of the smallest allocation, 9 to 16. Defaults to 12, for sectors of 4 KiB. */
        public Builder ashift(int shift) {
            if (shift < 9 || shift > 16) {
                throw new IllegalArgumentException("ashift " + shift + " is not between 9 and 16");
            }
            ashift = shift;
            return this;
        }

        /** Sets the compression of datasets that do not set it themselves. Defaults to LZ4. */
        public Builder compression(Compression value) {
            compression = Objects.requireNonNull(value, "compression");
            return this;
        }

        /** Sets the text from which all GUIDs are derived. Defaults to the pool's name. */
        public Builder seed(String text) {
            seed = text;
            return this;
        }

        /** Sets when the pool and its filesystems were created. Defaults to the epoch. */
        public Builder created(Instant instant) {
            created = instant;
            return this;
        }

        /**
         * Adds a filesystem. Creates parents that are not added, with {@code canmount=off}.
         *
         * @param name its name below the pool, such as {@code ROOT/default}
         * @throws InvalidNameException if no dataset can have this name
         * @throws IllegalStateException if it is added twice
         */
        public Builder addDataset(String name, Consumer<DatasetImage.Builder> parts) {
            ZfsNames.dataset(name);
            DatasetImage.Builder spec = new DatasetImage.Builder();
            parts.accept(spec);
            if (datasets.putIfAbsent(name, spec.build()) != null) {
                throw new IllegalStateException("dataset " + name + " is added twice");
            }
            return this;
        }

        /** Sets properties of the root dataset, which all others inherit. Defaults to {@code canmount=off} and {@code mountpoint=none}. */
        public Builder root(Consumer<DatasetImage.Builder> parts) {
            parts.accept(root);
            return this;
        }

        /** Sets the pool's {@code autotrim} property: whether ZFS reports free space to the disk by itself. Defaults to off. */
        public Builder autotrim(boolean on) {
            properties.put("autotrim", on ? 1L : 0L);
            return this;
        }

        /**
         * Sets one tree for all datasets. Each file goes to the dataset at its mountpoint, as if they were mounted while the tree was unpacked. One dataset needs
         * the mountpoint {@code /}. Datasets with a tree of their own take no part.
         */
        public Builder tree(Tree source) {
            tree = source;
            return this;
        }

        /**
         * Sets the dataset to boot from, one of those that are added.
         *
         * @throws InvalidNameException if no dataset can have this name
         */
        public Builder bootfs(String dataset) {
            bootfs = ZfsNames.dataset(dataset);
            return this;
        }

        /**
         * Adds a snapshot of every dataset, all at the same instant.
         *
         * @param name the part of the name after the {@code @}
         * @throws InvalidNameException if no snapshot can have this name
         */
        public Builder snapshot(String name) {
            snapshot = ZfsNames.shortName(name);
            return this;
        }

        /**
         * Checks the description as a whole and returns it.
         *
         * @throws PoolSpecException with all problems found
         */
        public PoolImage build() {
            List<String> problems = new ArrayList<>();
            String name = pool == null ? "" : pool;
            if (pool == null) {
                problems.add("the pool has no name");
            }
            for (String dataset : datasets.keySet()) {
                String full = name.isEmpty() ? dataset : name + "/" + dataset;
                String longest = snapshot == null ? full : full + "@" + snapshot;
                try {
                    ZfsNames.datasetOrSnapshot(longest);
                } catch (InvalidNameException e) {
                    problems.add(Objects.requireNonNull(e.getMessage()));
                }
            }
            if (usesZstd()) {
                ZstdLibrary.problem().ifPresent(problems::add);
            }
            if (bootfs != null && !datasets.containsKey(bootfs)) {
                problems.add("bootfs " + bootfs + " is none of the datasets");
            }
            if (tree != null) {
                problemsWithMountpoints(problems);
            }
            if (!problems.isEmpty()) {
                throw new PoolSpecException(String.join("; ", problems));
            }
            return new PoolImage(this, name);
        }

        private boolean usesZstd() {
            return BlockCompression.ofProperty(compression.property()).isZstd()
                    || root.usesZstd()
                    || datasets.values().stream().anyMatch(DatasetImage::usesZstd);
        }

        private void problemsWithMountpoints(List<String> problems) {
            Map<String, String> owners = new LinkedHashMap<>();
            datasets.forEach((name, dataset) -> dataset.mountpoint()
                    .filter(path -> dataset.tree().isEmpty())
                    .map(path -> owners.put(path, name))
                    .ifPresent(other -> problems.add("datasets " + other + " and " + name
                            + " have the same mountpoint: " + dataset.mountpoint())));
            if (!owners.containsKey("/")) {
                problems.add("no dataset has the mountpoint / for the pool's tree");
            }
        }

        /**
         * Describes the pool and writes it: {@link PoolImage#writeTo}.
         *
         * @throws PoolSpecException with all problems found
         */
        public void writeTo(Path path, ByteSize size) {
            build().writeTo(path, size);
        }

        /** Returns the datasets, their parents, and the root dataset. */
        private Map<String, DatasetImage> withParents() {
            Map<String, DatasetImage> all = new LinkedHashMap<>(datasets);
            DatasetImage parent =
                    new DatasetImage.Builder().canmount(CanMount.OFF).build();
            for (String name : datasets.keySet()) {
                for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
                    all.putIfAbsent(name.substring(0, slash), parent);
                }
            }
            all.put(
                    "",
                    root.otherwise("compression", compression.property())
                            .otherwise("canmount", CanMount.OFF.value())
                            .otherwise("mountpoint", "none")
                            .build());
            return all;
        }
    }
}
