package dev.firstboot.zfs;

import dev.firstboot.zfs.error.TransferCancelledException;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.PropertyNames;
import dev.firstboot.zfs.internal.ffi.BookmarkCalls;
import dev.firstboot.zfs.internal.ffi.DatasetCalls;
import dev.firstboot.zfs.internal.ffi.KeyCalls;
import dev.firstboot.zfs.internal.ffi.ListCalls;
import dev.firstboot.zfs.internal.ffi.MountCalls;
import dev.firstboot.zfs.internal.ffi.PoolCalls;
import dev.firstboot.zfs.internal.ffi.PropertyCalls;
import dev.firstboot.zfs.internal.ffi.Stats;
import dev.firstboot.zfs.internal.name.ZfsNames;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvPair;
import dev.firstboot.zfs.property.Properties;
import dev.firstboot.zfs.property.PropertyEdit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A handle to a filesystem or volume that may not exist. Immutable and thread-safe; equal by name. */
public final class Dataset {
    /** {@code DCP_CMD_NEW_KEY}. */
    private static final long NEW_KEY = 2;
    /** {@code DCP_CMD_INHERIT}. */
    private static final long INHERIT_KEY = 3;

    private final Zfs zfs;
    private final String name;

    Dataset(Zfs zfs, String name) {
        this.zfs = zfs;
        this.name = name;
    }

    /** Returns its full name, {@code POOL} or {@code POOL/PATH}. */
    public String name() {
        return name;
    }

    /** Returns the pool that it belongs to. */
    public Pool pool() {
        return zfs.pool(ZfsNames.poolOf(name));
    }

    /** Returns its parent; empty for the root dataset of a pool. */
    public Optional<Dataset> parent() {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(zfs.dataset(name.substring(0, slash)));
    }

    /** Returns whether it exists: {@code lzc_exists}. */
    public boolean exists() {
        return zfs.exists(name);
    }

    /** Returns whether it is a volume: {@code ZFS_IOC_OBJSET_STATS}. */
    public boolean isVolume() {
        return zfs.stats(name).volume();
    }

    /** Returns its current properties: {@code ZFS_IOC_OBJSET_STATS}. */
    public Properties properties() {
        return new Properties(name, zfs.version(), zfs.stats(name).properties());
    }

    /** Returns the properties that came with the received stream, also those that are overridden here: {@code ZFS_IOC_OBJSET_RECVD_PROPS}. */
    public Properties receivedProperties() {
        zfs.check();
        return new Properties(name, zfs.version(), PropertyCalls.received(name));
    }

    /** Sets a property: {@code ZFS_IOC_SET_PROP}. Takes the value as {@code zfs set} does. */
    public void set(String property, String value) {
        set(properties -> properties.set(property, value));
    }

    /**
     * Sets several properties: {@code ZFS_IOC_SET_PROP}.
     *
     * @throws ZfsCallException if some cannot be set: {@link ZfsCallException#items()} lists them; the others are set
     */
    public void set(Consumer<PropertyEdit> properties) {
        PropertyEdit edit = zfs.edit(properties);
        PropertyCalls.set(name, edit.toNvList(), edit.texts());
    }

    /** Removes the value set here: {@code ZFS_IOC_INHERIT_PROP}. The parent's value applies again, or else the default. */
    public void inherit(String property) {
        zfs.check();
        PropertyCalls.inherit(name, PropertyNames.check(property), false);
    }

    /** Restores the value that came with a stream; without one, inherits the parent's value: {@code ZFS_IOC_INHERIT_PROP}. */
    public void inheritReceived(String property) {
        zfs.check();
        PropertyCalls.inherit(name, PropertyNames.check(property), true);
    }

    /** Takes a snapshot: {@code lzc_snapshot}. Takes the part of the name after the {@code @}. */
    public Snapshot snapshot(String shortName) {
        Snapshot made = zfs.snapshot(name + "@" + shortName);
        zfs.takeSnapshots(group -> group.addSnapshot(made.name()));
        return made;
    }

    /** Takes a snapshot of this dataset and of all its descendants in one transaction group: {@code lzc_snapshot}. */
    public Snapshot snapshotAll(String shortName) {
        Snapshot made = zfs.snapshot(name + "@" + shortName);
        List<Dataset> all = new ArrayList<>(List.of(this));
        all.addAll(descendants());
        zfs.takeSnapshots(group -> all.forEach(dataset -> group.addSnapshot(dataset.name + "@" + shortName)));
        return made;
    }

    /** Destroys it: {@code lzc_destroy}. It must have no snapshot and no child, and not be mounted. */
    public void destroy() {
        zfs.check();
        DatasetCalls.destroy(name);
    }

    /** Renames it within its pool and returns a handle to the new name: {@code lzc_rename}. Takes the full name. Mounts stay where they are. */
    public Dataset rename(String newName) {
        zfs.check();
        Dataset renamed = zfs.dataset(newName);
        DatasetCalls.rename(name, newName);
        return renamed;
    }

    /** Makes a clone independent: its origin becomes a clone of it. {@code lzc_promote}. */
    public void promote() {
        zfs.check();
        DatasetCalls.promote(name);
    }

    /** Rolls back to the latest snapshot and returns it: {@code lzc_rollback}. Discards what was written since. */
    public Snapshot rollback() {
        zfs.check();
        return zfs.snapshot(DatasetCalls.rollback(name));
    }

    /**
     * Rolls back to the latest snapshot, which the caller names: {@code lzc_rollback_to}. Discards what was written since.
     *
     * @throws ZfsCallException if the snapshot is not the latest
     */
    public void rollbackTo(Snapshot snapshot) {
        zfs.check();
        DatasetCalls.rollbackTo(name, snapshot.name());
    }

    /** Returns its child filesystems and volumes, sorted by name: {@code ZFS_IOC_DATASET_LIST_NEXT}. */
    public List<Dataset> children() {
        zfs.check();
        return ListCalls.children(name, false).stream()
                .map(stats -> new Dataset(zfs, stats.name()))
                .sorted(Comparator.comparing(Dataset::name))
                .toList();
    }

    /** Returns all its descendants, each parent before its children. */
    public List<Dataset> descendants() {
        List<Dataset> all = new ArrayList<>();
        for (Dataset child : children()) {
            all.add(child);
            all.addAll(child.descendants());
        }
        return all;
    }

    /** Returns its snapshots, oldest first: {@code ZFS_IOC_SNAPSHOT_LIST_NEXT}. */
    public List<Snapshot> snapshots() {
        zfs.check();
        return ListCalls.snapshots(name, false).stream()
                .sorted(Comparator.comparingLong(Stats::createTxg))
                .map(stats -> new Snapshot(zfs, stats.name()))
                .toList();
    }

    /** Returns the properties of each of its snapshots, oldest first, in one pass: {@code ZFS_IOC_SNAPSHOT_LIST_NEXT}. */
    public List<Properties> snapshotProperties() {
        zfs.check();
        return ListCalls.snapshots(name, true).stream()
                .sorted(Comparator.comparingLong(Stats::createTxg))
                .map(stats -> new Properties(stats.name(), zfs.version(), stats.properties()))
                .toList();
    }

    /** Returns its bookmarks, oldest first: {@code lzc_get_bookmarks}. */
    public List<Bookmark> bookmarks() {
        zfs.check();
        return BookmarkCalls.bookmarks(name, List.of("createtxg")).pairs().stream()
                .sorted(Comparator.comparing(Dataset::createTxg, Long::compareUnsigned)
                        .thenComparing(NvPair::name))
                .map(pair -> new Bookmark(zfs, name + "#" + pair.name()))
                .toList();
    }

    private static Long createTxg(NvPair bookmark) {
        return ((NvList) bookmark.value()).nvlist("createtxg").uint64("value");
    }

    /**
     * Sends this dataset as it is now, or with {@link SendOptions#saved()} what it has received so far, and waits for the end:
     * {@code lzc_send_resume_redacted}. To send its current state, it must not be mounted.
     *
     * @return the number of bytes of the stream
     * @throws ZfsCallException if ZFS refuses, or the target fails
     * @throws TransferCancelledException if the waiting thread is interrupted, which cancels the transfer
     */
    public long send(SendOptions options, StreamTarget target) {
        return startSend(options, target).await();
    }

    /**
     * Starts sending as {@link #send} does and returns at once. {@link Transfer#await()} throws the errors of ZFS; this method throws if the target cannot be
     * used.
     *
     * @return the running transfer, to await, watch or cancel; always close it
     */
    public Transfer startSend(SendOptions options, StreamTarget target) {
        return target.start(new Sending(zfs, name, options));
    }

    /**
     * Receives a stream as a snapshot of this dataset and waits for the end: {@code lzc_receive_with_cmdprops}. The snapshot keeps the short name that it has
     * at the sender.
     *
     * @return the number of bytes of the stream
     * @throws ZfsCallException if ZFS refuses, or the source fails
     * @throws TransferCancelledException if the waiting thread is interrupted, which cancels the transfer
     */
    public long receive(ReceiveOptions options, StreamSource source) {
        return startReceive(options, source).await();
    }

    /**
     * Starts receiving as {@link #receive} does and returns at once. {@link Transfer#await()} throws the errors of ZFS; this method throws if the source cannot
     * be used.
     *
     * @return the running transfer, to await, watch or cancel; always close it
     */
    public Transfer startReceive(ReceiveOptions options, StreamSource source) {
        return source.start(new Receiving(zfs, name, options));
    }

    /**
     * Loads the key of an encrypted dataset: {@code lzc_load_key}.
     *
     * @param key the 32 bytes of the wrapping key; copies of it are wiped before the call returns
     */
    public void loadKey(byte[] key) {
        zfs.check();
        KeyCalls.load(name, key, false);
    }

    /** Checks a key without loading it: {@code lzc_load_key} with {@code noop}. */
    public void checkKey(byte[] key) {
        zfs.check();
        KeyCalls.load(name, key, true);
    }

    /** Unloads the key: {@code lzc_unload_key}. No dataset encrypted with it may be mounted. */
    public void unloadKey() {
        zfs.check();
        KeyCalls.unload(name);
    }

    /**
     * Changes the wrapping key: {@code lzc_change_key}. The current key must be loaded.
     *
     * @param key the 32 bytes of the new wrapping key; copies of it are wiped before the call returns
     */
    public void changeKey(byte[] key, Consumer<PropertyEdit> properties) {
        KeyCalls.change(name, NEW_KEY, zfs.edit(properties).toNvList(), key);
    }

    /** Inherits the wrapping key of its parent: {@code lzc_change_key}. Both keys must be loaded. */
    public void inheritKey() {
        zfs.check();
        KeyCalls.change(name, INHERIT_KEY, null, null);
    }

    /** Waits until deleted files are freed: {@code lzc_wait_fs}. Returns whether it had to wait. */
    public boolean awaitDeletes() {
        zfs.check();
        return PoolCalls.waitForDeletes(name);
    }

    /** Returns its first mount point in the mount namespace of this process, from {@code /proc/self/mounts}; empty if it is not mounted. */
    public Optional<Path> mountedAt() {
        return Mounts.of(name).stream().findFirst();
    }

    /**
     * Mounts it at its property {@code mountpoint}, with the options that its properties ask for: {@code mount(2)}. Creates a missing directory.
     *
     * @return the mount point
     * @throws IllegalStateException if {@code mountpoint} is {@code none} or {@code legacy}
     */
    public Path mount() {
        String mountpoint = properties().get("mountpoint");
        if (!mountpoint.startsWith("/")) {
            throw new IllegalStateException(name + " has mountpoint=" + mountpoint + ": mount it with mountAt");
        }
        Path directory = Path.of(mountpoint);
        mountAt(directory);
        return directory;
    }

    /** Mounts it at a directory, with the options that its properties ask for: {@code mount(2)}. Creates a missing directory. */
    public void mountAt(Path directory) {
        Properties properties = properties();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be created: " + e.getMessage(), e);
        }
        MountCalls.mount(name, directory.toString(), Mounts.flags(properties));
    }

    /** Unmounts it everywhere it is mounted: {@code umount2(2)}. Does nothing if it is not mounted. */
    public void unmount() {
        zfs.check();
        Mounts.of(name).forEach(place -> MountCalls.unmount(place.toString(), false));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dataset that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
