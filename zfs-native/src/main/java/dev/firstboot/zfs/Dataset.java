package dev.firstboot.zfs;

import dev.firstboot.zfs.error.ZfsCallException;
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
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A filesystem or volume, there or not. Immutable and thread-safe; equal by name. */
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

    /** Its full name, {@code POOL/PATH}. */
    public String name() {
        return name;
    }

    /** The pool it is in. */
    public Pool pool() {
        return zfs.pool(ZfsNames.poolOf(name));
    }

    /** What it is below; empty of a pool's first. */
    public Optional<Dataset> parent() {
        int slash = name.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(zfs.dataset(name.substring(0, slash)));
    }

    /** Whether it is there: {@code lzc_exists}. */
    public boolean exists() {
        return zfs.exists(name);
    }

    /** Whether it is a volume. */
    public boolean isVolume() {
        return zfs.stats(name).volume();
    }

    /** Its properties now. */
    public Properties properties() {
        return new Properties(name, zfs.version(), zfs.stats(name).properties());
    }

    /** The properties that came with the stream it was received from, whether they hold or are overridden. */
    public Properties receivedProperties() {
        zfs.check();
        return new Properties(name, zfs.version(), PropertyCalls.received(name));
    }

    /** Sets a property. */
    public void set(String property, String value) {
        set(properties -> properties.set(property, value));
    }

    /** Sets several properties; those that cannot be set are told as items, the others are set. */
    public void set(Consumer<PropertyEdit> properties) {
        PropertyEdit edit = zfs.edit(properties);
        PropertyCalls.set(name, edit.toNvList(), edit.texts());
    }

    /** Takes the property's own value away, so that the parent's holds again, or the default. */
    public void inherit(String property) {
        zfs.check();
        PropertyCalls.inherit(name, property, false);
    }

    /** Goes back to the value that came with a stream; where none did, to the parent's. */
    public void inheritReceived(String property) {
        zfs.check();
        PropertyCalls.inherit(name, property, true);
    }

    /** Takes a snapshot: {@code lzc_snapshot}. */
    public Snapshot snapshot(String shortName) {
        Snapshot made = zfs.snapshot(name + "@" + shortName);
        zfs.takeSnapshots(group -> group.addSnapshot(made.name()));
        return made;
    }

    /** Takes a snapshot of this and of all below it, in one transaction group: {@code lzc_snapshot}. */
    public Snapshot snapshotAll(String shortName) {
        Snapshot made = zfs.snapshot(name + "@" + shortName);
        List<Dataset> all = new ArrayList<>(List.of(this));
        all.addAll(descendants());
        zfs.takeSnapshots(group -> all.forEach(dataset -> group.addSnapshot(dataset.name + "@" + shortName)));
        return made;
    }

    /** Destroys it: {@code lzc_destroy}. It may have no snapshots and no children, and may not be mounted. */
    public void destroy() {
        zfs.check();
        DatasetCalls.destroy(name);
    }

    /** Gives it another name in the same pool: {@code lzc_rename}. It is not mounted elsewhere. */
    public Dataset rename(String newName) {
        zfs.check();
        Dataset renamed = zfs.dataset(newName);
        DatasetCalls.rename(name, newName);
        return renamed;
    }

    /** Makes a clone independent: what it was cloned from becomes its clone. {@code lzc_promote}. */
    public void promote() {
        zfs.check();
        DatasetCalls.promote(name);
    }

    /** Goes back to the latest snapshot and returns it: {@code lzc_rollback}. What was written since is lost. */
    public Snapshot rollback() {
        zfs.check();
        return zfs.snapshot(DatasetCalls.rollback(name));
    }

    /**
     * Goes back to a snapshot, which must be the latest: {@code lzc_rollback_to}. What was written since is lost.
     *
     * @throws ZfsCallException if it is not the latest
     */
    public void rollbackTo(Snapshot snapshot) {
        zfs.check();
        DatasetCalls.rollbackTo(name, snapshot.name());
    }

    /** The filesystems and volumes directly below it, by name in order. */
    public List<Dataset> children() {
        zfs.check();
        return ListCalls.children(name, false).stream()
                .map(stats -> new Dataset(zfs, stats.name()))
                .sorted(Comparator.comparing(Dataset::name))
                .toList();
    }

    /** All filesystems and volumes below it, each before those below it. */
    public List<Dataset> descendants() {
        List<Dataset> all = new ArrayList<>();
        for (Dataset child : children()) {
            all.add(child);
            all.addAll(child.descendants());
        }
        return all;
    }

    /** Its snapshots, oldest first. */
    public List<Snapshot> snapshots() {
        zfs.check();
        return ListCalls.snapshots(name, false).stream()
                .sorted(Comparator.comparingLong(Stats::createTxg))
                .map(stats -> new Snapshot(zfs, stats.name()))
                .toList();
    }

    /** The properties of each of its snapshots, oldest first; in one walk. */
    public List<Properties> snapshotProperties() {
        zfs.check();
        return ListCalls.snapshots(name, true).stream()
                .sorted(Comparator.comparingLong(Stats::createTxg))
                .map(stats -> new Properties(stats.name(), zfs.version(), stats.properties()))
                .toList();
    }

    /** Its bookmarks, oldest first: {@code lzc_get_bookmarks}. */
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

    /** Starts sending it as it is now, or with {@link SendOptions#saved()} what a receive had left off with, into a new file. */
    public Transfer startSend(SendOptions options, Path file) {
        return new Sending(zfs, name, options).to(file);
    }

    /** Receives a stream from a file as a snapshot of this, named as where it was sent, and returns the stream's bytes. */
    public long receive(ReceiveOptions options, Path file) {
        return new Receiving(zfs, name, options).from(file).await();
    }

    /** Receives a stream from a descriptor as a snapshot of this, named as where it was sent, and returns the stream's bytes. */
    public long receive(ReceiveOptions options, Descriptor descriptor) {
        return new Receiving(zfs, name, options).from(descriptor).await();
    }

    /** Receives a stream from a channel as a snapshot of this, named as where it was sent, and returns the stream's bytes. */
    public long receive(ReceiveOptions options, ReadableByteChannel channel) {
        return new Receiving(zfs, name, options).from(channel).await();
    }

    /**
     * Loads the key of an encrypted dataset: {@code lzc_load_key}.
     *
     * @param key the 32 bytes of the wrapping key; our copies are wiped
     */
    public void loadKey(byte[] key) {
        zfs.check();
        KeyCalls.load(name, key, false);
    }

    /** Tries a key without loading it: {@code lzc_load_key} with {@code noop}. */
    public void checkKey(byte[] key) {
        zfs.check();
        KeyCalls.load(name, key, true);
    }

    /** Forgets the key: {@code lzc_unload_key}. Nothing encrypted with it may be mounted. */
    public void unloadKey() {
        zfs.check();
        KeyCalls.unload(name);
    }

    /**
     * Wraps it with another key: {@code lzc_change_key}. The key must be loaded.
     *
     * @param key the 32 bytes of the new wrapping key; our copies are wiped
     */
    public void changeKey(byte[] key, Consumer<PropertyEdit> properties) {
        KeyCalls.change(name, NEW_KEY, zfs.edit(properties).toNvList(), key);
    }

    /** Takes the key of its parent for its own: {@code lzc_change_key}. */
    public void inheritKey() {
        zfs.check();
        KeyCalls.change(name, INHERIT_KEY, null, null);
    }

    /** Waits until what was deleted in it is freed: {@code lzc_wait_fs}. Returns whether there was anything to wait for. */
    public boolean awaitDeletes() {
        zfs.check();
        return PoolCalls.waitForDeletes(name);
    }

    /** Where it is mounted, as this process sees it; empty if it is not. */
    public Optional<Path> mountedAt() {
        return Mounts.of(name).stream().findFirst();
    }

    /**
     * Mounts it where its property {@code mountpoint} says, as its properties say; makes the directory if it is not there.
     *
     * @throws IllegalStateException if that is {@code none} or {@code legacy}
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

    /** Mounts it on a directory, as its properties say; makes the directory if it is not there. */
    public void mountAt(Path directory) {
        Properties properties = properties();
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be made: " + e.getMessage(), e);
        }
        MountCalls.mount(name, directory.toString(), Mounts.flags(properties));
    }

    /** Unmounts it, wherever it is mounted; no error if it is not. */
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
