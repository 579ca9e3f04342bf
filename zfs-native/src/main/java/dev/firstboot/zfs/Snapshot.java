package dev.firstboot.zfs;

import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.DatasetCalls;
import dev.firstboot.zfs.internal.ffi.SendCalls;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.internal.name.ZfsNames;
import dev.firstboot.zfs.nvlist.NvPair;
import dev.firstboot.zfs.property.Properties;
import dev.firstboot.zfs.property.PropertyEdit;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A snapshot, there or not. Immutable and thread-safe; equal by name. */
public final class Snapshot {
    private final Zfs zfs;
    private final String name;

    Snapshot(Zfs zfs, String name) {
        this.zfs = zfs;
        this.name = name;
    }

    /** Its full name, {@code DATASET@SNAPSHOT}. */
    public String name() {
        return name;
    }

    /** The part of its name behind the {@code @}. */
    public String shortName() {
        return name.substring(name.indexOf('@') + 1);
    }

    /** The dataset it is of. */
    public Dataset dataset() {
        return zfs.dataset(ZfsNames.before(name, '@'));
    }

    /** Whether it is there: {@code lzc_exists}. */
    public boolean exists() {
        return zfs.exists(name);
    }

    /** Its properties now. */
    public Properties properties() {
        return new Properties(name, zfs.version(), zfs.stats(name).properties());
    }

    /** Destroys it; no error if it is not there: {@code lzc_destroy_snaps}. */
    public void destroy() {
        zfs.batch().destroy(List.of(name));
    }

    /** Destroys it as soon as no hold and no clone is left: {@code lzc_destroy_snaps} with {@code defer}. */
    public void destroyDeferred() {
        zfs.batch().destroyDeferred(List.of(name));
    }

    /** Makes a clone of it, which is not mounted: {@code lzc_clone}. */
    public Dataset cloneTo(String dataset) {
        return cloneTo(dataset, properties -> {});
    }

    /** Makes a clone of it, which is not mounted: {@code lzc_clone}. */
    public Dataset cloneTo(String dataset, Consumer<PropertyEdit> properties) {
        Dataset made = zfs.dataset(dataset);
        DatasetCalls.clone(dataset, name, zfs.edit(properties).toNvList());
        return made;
    }

    /** Gives it another name behind the {@code @}: {@code lzc_rename}. */
    public Snapshot rename(String shortName) {
        Snapshot renamed = zfs.snapshot(ZfsNames.before(name, '@') + "@" + shortName);
        DatasetCalls.rename(name, renamed.name);
        return renamed;
    }

    /** Makes a bookmark of it, named behind the {@code #}: {@code lzc_bookmark}. */
    public Bookmark bookmark(String shortName) {
        Bookmark made = zfs.bookmark(ZfsNames.before(name, '@') + "#" + shortName);
        zfs.batch().bookmark(Map.of(made.name(), name));
        return made;
    }

    /**
     * Keeps it from being destroyed until the tag is released: {@code lzc_hold}.
     *
     * @throws ZfsCallException if it is not there, or held with that tag already
     */
    public void hold(String tag) {
        fail("lzc_hold", zfs.batch().hold(Map.of(name, tag)));
    }

    /**
     * Releases a hold: {@code lzc_release}.
     *
     * @throws ZfsCallException if there is none of that tag
     */
    public void release(String tag) {
        fail("lzc_release", zfs.batch().release(Map.of(name, List.of(tag))));
    }

    private void fail(String function, List<ItemFailure> failures) {
        if (!failures.isEmpty()) {
            throw ZfsCallException.of(function, name, failures.get(0).errno(), failures);
        }
    }

    /** The holds on it, with the time of each in whole seconds: {@code lzc_get_holds}. */
    public SortedMap<String, Instant> holds() {
        zfs.check();
        SortedMap<String, Instant> holds = new TreeMap<>();
        for (NvPair pair : SnapshotCalls.holds(name).pairs()) {
            holds.put(pair.name(), Instant.ofEpochSecond((Long) pair.value()));
        }
        return holds;
    }

    /**
     * How many bytes would be freed if the snapshots from {@code first} to this one were destroyed: {@code lzc_snaprange_space}.
     *
     * @param first an earlier snapshot of the same dataset, or this one
     */
    public long spaceSince(Snapshot first) {
        zfs.check();
        return SnapshotCalls.rangeSpace(first.name, name);
    }

    /** How many bytes a stream of it will have, about: {@code lzc_send_space_resume_redacted}. */
    public long estimate(SendOptions options) {
        zfs.check();
        return SendCalls.space(options.spec(name), options.resumeBytes());
    }

    /**
     * Sends it into a new file, and returns the bytes of the stream: {@code lzc_send_resume_redacted}. No byte of it passes through this process.
     *
     * @throws ZfsCallException if it fails; what was written by then, if anything, stays in the file
     */
    public long send(SendOptions options, Path file) {
        return startSend(options, file).await();
    }

    /** Sends it into a channel, which is a blocking one and stays open, and returns the bytes of the stream. */
    public long send(SendOptions options, WritableByteChannel channel) {
        return startSend(options, channel).await();
    }

    /** Sends it into a descriptor, which stays open, and returns the bytes of the stream. No byte of it passes through this process. */
    public long send(SendOptions options, Descriptor descriptor) {
        return startSend(options, descriptor).await();
    }

    /** Starts sending it into a new file. */
    public Transfer startSend(SendOptions options, Path file) {
        return new Sending(zfs, name, options).to(file);
    }

    /** Starts sending it into a channel, which stays open. */
    public Transfer startSend(SendOptions options, WritableByteChannel channel) {
        return new Sending(zfs, name, options).to(channel);
    }

    /** Starts sending it into a descriptor, which stays open. */
    public Transfer startSend(SendOptions options, Descriptor descriptor) {
        return new Sending(zfs, name, options).to(descriptor);
    }

    /** Receives a stream from a file as this snapshot, and returns the stream's bytes: {@code lzc_receive_with_cmdprops}. */
    public long receive(ReceiveOptions options, Path file) {
        return startReceive(options, file).await();
    }

    /** Receives a stream from a channel as this snapshot, and returns the stream's bytes. What follows the stream stays in the channel. */
    public long receive(ReceiveOptions options, ReadableByteChannel channel) {
        return startReceive(options, channel).await();
    }

    /** Receives a stream from a descriptor as this snapshot, and returns the stream's bytes. What follows the stream may be read as well. */
    public long receive(ReceiveOptions options, Descriptor descriptor) {
        return startReceive(options, descriptor).await();
    }

    /** Starts receiving a stream from a file as this snapshot. */
    public Transfer startReceive(ReceiveOptions options, Path file) {
        return new Receiving(zfs, name, options).from(file);
    }

    /** Starts receiving a stream from a channel as this snapshot. */
    public Transfer startReceive(ReceiveOptions options, ReadableByteChannel channel) {
        return new Receiving(zfs, name, options).from(channel);
    }

    /** Starts receiving a stream from a descriptor as this snapshot. */
    public Transfer startReceive(ReceiveOptions options, Descriptor descriptor) {
        return new Receiving(zfs, name, options).from(descriptor);
    }

    /**
     * Makes a bookmark of this snapshot that hides from redacted streams what clones have changed: {@code lzc_redact}.
     *
     * @param clones snapshots of clones of this snapshot
     */
    public Bookmark redact(String shortBookmark, Collection<Snapshot> clones) {
        zfs.check();
        Bookmark made = zfs.bookmark(ZfsNames.before(name, '@') + "#" + shortBookmark);
        SendCalls.redact(
                name, shortBookmark, clones.stream().map(Snapshot::name).toList());
        return made;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Snapshot that && name.equals(that.name);
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
