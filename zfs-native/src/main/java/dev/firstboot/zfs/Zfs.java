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
 * Opens ZFS on this machine and gives handles to its datasets, snapshots, bookmarks and pools. Calls libzfs_core and the ioctls that {@code zfs} itself calls.
 * Thread-safe, and so is everything it returns unless its own documentation says otherwise.
 *
 * <pre>{@code
 * try (Zfs zfs = Zfs.open()) {
 *   Snapshot before = zfs.dataset("tank/chat").snapshot("before-upgrade");
 *   zfs.takeSnapshots(group -> group.addSnapshot("tank/a@s").addSnapshot("tank/b@s"));
 * }
 * }</pre>
 *
 * <p>Needs the kernel module, which provides {@code /dev/zfs}, and the shared library {@code libzfs_core.so.3}. Most calls need root. A call that fails in ZFS
 * throws {@link ZfsCallException}. An invalid name throws {@link IllegalArgumentException} before any call.
 */
public final class Zfs implements AutoCloseable {
    private static final Path VERSION = Path.of("/sys/module/zfs/version");

    private final String version;
    private volatile boolean closed;

    private Zfs(String version) {
        this.version = version;
    }

    /** Returns whether ZFS can be used. Never throws. */
    public static boolean isAvailable() {
        return unavailabilityCause().isEmpty();
    }

    /** Returns why ZFS cannot be used and what to do about it; empty if it can be used. Never throws. Checks once per process. */
    public static Optional<String> unavailabilityCause() {
        return Answer.CAUSE;
    }

    private static final class Answer {
        static final Optional<String> CAUSE = new Availability(Path.of("/dev/zfs")).cause();
    }

    /**
     * Opens ZFS.
     *
     * @throws IllegalStateException if ZFS cannot be used; its message has the text of {@link #unavailabilityCause()}
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

    /** Returns the version of the loaded kernel module, for example {@code 2.3.9-1}. */
    public String version() {
        return version;
    }

    /** Returns whether the loaded libzfs_core has this function, for example {@code lzc_scrub}. */
    public boolean hasFunction(String function) {
        return Library.has(function);
    }

    /** Returns a handle to a filesystem or volume that may not exist: {@code POOL} or {@code POOL/PATH}. */
    public Dataset dataset(String name) {
        return new Dataset(this, ZfsNames.dataset(name));
    }

    /** Returns a handle to a snapshot that may not exist: {@code DATASET@SNAPSHOT}. */
    public Snapshot snapshot(String name) {
        return new Snapshot(this, ZfsNames.snapshot(name));
    }

    /** Returns a handle to a bookmark that may not exist: {@code DATASET#BOOKMARK}. */
    public Bookmark bookmark(String name) {
        return new Bookmark(this, ZfsNames.bookmark(name));
    }

    /** Returns a handle to a pool that may not be imported. */
    public Pool pool(String name) {
        return new Pool(this, ZfsNames.pool(name));
    }

    /** Returns the imported pools, sorted by name: {@code ZFS_IOC_POOL_CONFIGS}. */
    public List<Pool> pools() {
        check();
        return ListCalls.pools().pairs().stream()
                .map(NvPair::name)
                .sorted()
                .map(this::pool)
                .toList();
    }

    /** Returns whether a filesystem, volume or snapshot of this name exists: {@code lzc_exists}. */
    public boolean exists(String name) {
        check();
        return DatasetCalls.exists(ZfsNames.datasetOrSnapshot(name));
    }

    /** Returns what the kernel reports about a dataset or snapshot: {@code ZFS_IOC_OBJSET_STATS}. */
    Stats stats(String name) {
        check();
        return ListCalls.find(name)
                .orElseThrow(() -> ZfsCallException.of("ZFS_IOC_OBJSET_STATS", name, Errno.ENOENT, List.of()));
    }

    /** Creates a filesystem that inherits all properties, and does not mount it: {@code lzc_create}. Its parent must exist. */
    public Dataset createFilesystem(String name) {
        return createFilesystem(name, properties -> {});
    }

    /** Creates a filesystem with properties of its own, and does not mount it: {@code lzc_create}. Its parent must exist. */
    public Dataset createFilesystem(String name, Consumer<PropertyEdit> properties) {
        Dataset made = dataset(name);
        DatasetCalls.create(name, false, edit(properties).toNvList(), null);
        return made;
    }

    /**
     * Creates a filesystem with a key of its own, and does not mount it: {@code lzc_create}. Set at least the properties {@code encryption} and
     * {@code keyformat}.
     *
     * @param key the 32 bytes of the wrapping key. This call wipes its copies before it returns; wiping the array is up to the caller
     */
    public Dataset createEncryptedFilesystem(String name, byte[] key, Consumer<PropertyEdit> properties) {
        Dataset made = dataset(name);
        DatasetCalls.create(name, false, edit(properties).toNvList(), key);
        return made;
    }

    /**
     * Creates a volume: {@code lzc_create}.
     *
     * @param bytes its size in bytes, a multiple of its block size
     */
    public Dataset createVolume(String name, long bytes, Consumer<PropertyEdit> properties) {
        Dataset made = dataset(name);
        PropertyEdit edit = edit(properties).set("volsize", bytes);
        DatasetCalls.create(name, true, edit.toNvList(), null);
        return made;
    }

    /**
     * Takes several snapshots of one pool in one transaction group: {@code lzc_snapshot}. Takes all of them or none, after {@code work} has returned.
     *
     * @param work adds the snapshots to the group
     * @throws ZfsCallException if one of them cannot be taken; {@link ZfsCallException#items()} lists which and why
     */
    public void takeSnapshots(Consumer<SnapshotGroup> work) {
        check();
        SnapshotGroup group = new SnapshotGroup(version);
        work.accept(group);
        group.commit();
    }

    /** Returns the operations on many snapshots or bookmarks at a time. */
    public Batch batch() {
        check();
        return new Batch(this);
    }

    /** Opens a lease: its holds end when it is closed, or with this process. */
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

    /** Refuses further calls through this object and its handles with {@link IllegalStateException}. Changes nothing in ZFS. */
    @Override
    public void close() {
        closed = true;
    }

    @Override
    public String toString() {
        return "ZFS " + version;
    }
}
