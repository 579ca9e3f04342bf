package dev.firstboot.zfs;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.DatasetCalls;
import dev.firstboot.zfs.internal.ffi.Library;
import dev.firstboot.zfs.internal.ffi.ListCalls;
import dev.firstboot.zfs.internal.ffi.Stats;
import dev.firstboot.zfs.internal.name.ZfsNames;
import dev.firstboot.zfs.nvlist.NvPair;
import dev.firstboot.zfs.property.PropertyEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * ZFS on this machine, through libzfs_core and the calls that {@code zfs} itself makes. Thread-safe, as is all that it gives.
 *
 * <pre>{@code
 * try (Zfs zfs = Zfs.open()) {
 *   Snapshot before = zfs.dataset("tank/chat").snapshot("before-upgrade");
 *   zfs.takeSnapshots(group -> group.addSnapshot("tank/a@s").addSnapshot("tank/b@s"));
 * }
 * }</pre>
 *
 * <p>Two things are needed: the kernel module, seen as {@code /dev/zfs}, and the shared library {@code libzfs_core.so.3}. Most calls need root. What fails
 * in ZFS is a {@link ZfsCallException}; a name that cannot be one is an {@link IllegalArgumentException} before any call.
 */
public final class Zfs implements AutoCloseable {
    private static final Path VERSION = Path.of("/sys/module/zfs/version");

    private final String version;
    private volatile boolean closed;

    private Zfs(String version) {
        this.version = version;
    }

    /** Whether ZFS can be used. Never throws. */
    public static boolean isAvailable() {
        return unavailabilityCause().isEmpty();
    }

    /** Why ZFS cannot be used and what to do about it, or empty if it can. Never throws. The answer is kept for the life of the process. */
    public static Optional<String> unavailabilityCause() {
        return Answer.CAUSE;
    }

    private static final class Answer {
        static final Optional<String> CAUSE = new Availability(Path.of("/dev/zfs")).cause();
    }

    /**
     * Opens ZFS.
     *
     * @throws IllegalStateException if ZFS cannot be used, with the words of {@link #unavailabilityCause()}
     */
    public static Zfs open() {
        unavailabilityCause().ifPresent(cause -> {
            throw new IllegalStateException("ZFS cannot be used: " + cause);
        });
        Library.open();
        try {
            return new Zfs(Files.readString(VERSION).strip());
        } catch (IOException e) {
            throw new IllegalStateException("the version of the zfs module cannot be read from " + VERSION, e);
        }
    }

    /** The version of the loaded kernel module, for example {@code 2.3.9-1}. */
    public String version() {
        return version;
    }

    /** Whether the running libzfs_core has a function of this name, for example {@code lzc_scrub}. */
    public boolean hasFunction(String function) {
        return Library.has(function);
    }

    /** A filesystem or volume, there or not. */
    public Dataset dataset(String name) {
        return new Dataset(this, ZfsNames.dataset(name));
    }

    /** A snapshot, there or not: {@code DATASET@SNAPSHOT}. */
    public Snapshot snapshot(String name) {
        return new Snapshot(this, ZfsNames.snapshot(name));
    }

    /** A bookmark, there or not: {@code DATASET#BOOKMARK}. */
    public Bookmark bookmark(String name) {
        return new Bookmark(this, ZfsNames.bookmark(name));
    }

    /** A pool, imported or not. */
    public Pool pool(String name) {
        return new Pool(this, ZfsNames.pool(name));
    }

    /** The pools that are imported, by name in order. */
    public List<Pool> pools() {
        check();
        return ListCalls.pools().pairs().stream()
                .map(NvPair::name)
                .sorted()
                .map(this::pool)
                .toList();
    }

    /** Whether there is a filesystem, volume or snapshot of that name: {@code lzc_exists}. */
    public boolean exists(String name) {
        check();
        return DatasetCalls.exists(ZfsNames.datasetOrSnapshot(name));
    }

    /** What the kernel tells of a dataset or snapshot: {@code ZFS_IOC_OBJSET_STATS}. */
    Stats stats(String name) {
        check();
        return ListCalls.find(name)
                .orElseThrow(() -> ZfsCallException.of("ZFS_IOC_OBJSET_STATS", name, Errno.ENOENT, List.of()));
    }

    /** Makes a filesystem without properties of its own; its parent must be there. It is not mounted: {@code lzc_create}. */
    public Dataset createFilesystem(String name) {
        return createFilesystem(name, properties -> {});
    }

    /** Makes a filesystem; its parent must be there. It is not mounted: {@code lzc_create}. */
    public Dataset createFilesystem(String name, Consumer<PropertyEdit> properties) {
        Dataset made = dataset(name);
        DatasetCalls.create(name, false, edit(properties).toNvList(), null);
        return made;
    }

    /**
     * Makes a filesystem with encryption of its own: {@code lzc_create}. The properties name at least {@code encryption} and {@code keyformat}.
     *
     * @param key the 32 bytes of the wrapping key; wiped from our copies when the call returns
     */
    public Dataset createEncryptedFilesystem(String name, byte[] key, Consumer<PropertyEdit> properties) {
        Dataset made = dataset(name);
        DatasetCalls.create(name, false, edit(properties).toNvList(), key);
        return made;
    }

    /**
     * Makes a volume: {@code lzc_create}.
     *
     * @param bytes its size, a multiple of its block size
     */
    public Dataset createVolume(String name, long bytes, Consumer<PropertyEdit> properties) {
        Dataset made = dataset(name);
        PropertyEdit edit = edit(properties).set("volsize", bytes);
        DatasetCalls.create(name, true, edit.toNvList(), null);
        return made;
    }

    /**
     * Takes several snapshots of one pool in one transaction group, or none: {@code lzc_snapshot}. The snapshots are taken when {@code work} has returned.
     *
     * @throws ZfsCallException if one of them cannot be taken; {@link ZfsCallException#items()} tells which and why
     */
    public void takeSnapshots(Consumer<SnapshotGroup> work) {
        check();
        SnapshotGroup group = new SnapshotGroup(version);
        work.accept(group);
        group.commit();
    }

    /** Operations on many snapshots or bookmarks of one pool at a time. */
    public Batch batch() {
        check();
        return new Batch(this);
    }

    /** Opens a lease: holds on snapshots that end with it, or with this process. */
    public Lease lease() {
        check();
        return new Lease();
    }

    PropertyEdit edit(Consumer<PropertyEdit> properties) {
        check();
        PropertyEdit edit = new PropertyEdit(version);
        properties.accept(edit);
        return edit;
    }

    void check() {
        if (closed) {
            throw new IllegalStateException("this Zfs is closed");
        }
    }

    /** No more calls through this. What they made stays. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return "ZFS " + version;
    }
}
