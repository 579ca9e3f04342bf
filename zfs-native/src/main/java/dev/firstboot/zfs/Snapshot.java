package dev.firstboot.zfs;

import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.error.TransferCancelledException;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.DatasetCalls;
import dev.firstboot.zfs.internal.ffi.SendCalls;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.internal.name.ZfsNames;
import dev.firstboot.zfs.nvlist.NvPair;
import dev.firstboot.zfs.property.Properties;
import dev.firstboot.zfs.property.PropertyEdit;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A handle to a snapshot that may not exist. Immutable and thread-safe; equal by name. */
public final class Snapshot {
    private final Zfs zfs;
    private final String name;

    Snapshot(Zfs zfs, String name) {
        this.zfs = zfs;
        this.name = name;
    }

    /** Returns its full name, {@code DATASET@SNAPSHOT}. */
    public String name() {
        return name;
    }

    /** Returns the part of its name after the {@code @}. */
    public String shortName() {
        return name.substring(name.indexOf('@') + 1);
    }

    /** Returns the dataset that it belongs to. */
    public Dataset dataset() {
        return zfs.dataset(ZfsNames.before(name, '@'));
    }

    /** Returns whether it exists: {@code lzc_exists}. */
    public boolean exists() {
        return zfs.exists(name);
    }

    /** Returns its current properties: {@code ZFS_IOC_OBJSET_STATS}. */
    public Properties properties() {
        return new Properties(name, zfs.version(), zfs.stats(name).properties());
    }

    /** Destroys it, if it exists: {@code lzc_destroy_snaps}. */
    public void destroy() {
        zfs.batch().destroy(List.of(name));
    }

    /** Destroys it once it has no hold and no clone: {@code lzc_destroy_snaps} with {@code defer}. */
    public void destroyDeferred() {
        zfs.batch().destroyDeferred(List.of(name));
    }

    /** Creates a clone that inherits all properties, and does not mount it: {@code lzc_clone}. Takes the full name. */
    public Dataset cloneTo(String dataset) {
        return cloneTo(dataset, properties -> {});
    }

    /** Creates a clone with properties of its own, and does not mount it: {@code lzc_clone}. Takes the full name. */
    public Dataset cloneTo(String dataset, Consumer<PropertyEdit> properties) {
        Dataset made = zfs.dataset(dataset);
        DatasetCalls.clone(dataset, name, zfs.edit(properties).toNvList());
        return made;
    }

    /** Renames it within its dataset and returns a handle to the new name: {@code lzc_rename}. */
    public Snapshot rename(String shortName) {
        Snapshot renamed = zfs.snapshot(ZfsNames.before(name, '@') + "@" + shortName);
        DatasetCalls.rename(name, renamed.name);
        return renamed;
    }

    /** Creates a bookmark of it: {@code lzc_bookmark}. Takes the part of the name after the {@code #}. */
    public Bookmark bookmark(String shortName) {
        Bookmark made = zfs.bookmark(ZfsNames.before(name, '@') + "#" + shortName);
        zfs.batch().bookmark(Map.of(made.name(), name));
        return made;
    }

    /**
     * Holds it: it cannot be destroyed until the tag is released. {@code lzc_hold}.
     *
     * @throws ZfsCallException if it does not exist, or has a hold with that tag
     */
    public void hold(String tag) {
        fail("lzc_hold", zfs.batch().hold(Map.of(name, tag)));
    }

    /**
     * Releases a hold: {@code lzc_release}.
     *
     * @throws ZfsCallException if it has no hold with that tag
     */
    public void release(String tag) {
        fail("lzc_release", zfs.batch().release(Map.of(name, List.of(tag))));
    }

    private void fail(String function, List<ItemFailure> failures) {
        if (!failures.isEmpty()) {
            throw ZfsCallException.of(function, name, failures.get(0).errno(), failures);
        }
    }

    /** Returns its holds by tag, each with the second in which it was created: {@code lzc_get_holds}. */
    public SortedMap<String, Instant> holds() {
        zfs.check();
        SortedMap<String, Instant> holds = new TreeMap<>();
        for (NvPair pair : SnapshotCalls.holds(name).pairs()) {
            holds.put(pair.name(), Instant.ofEpochSecond((Long) pair.value()));
        }
        return holds;
    }

    /**
     * Returns how many bytes would be freed by destroying the snapshots from {@code first} to this one: {@code lzc_snaprange_space}.
     *
     * @param first an earlier snapshot of the same dataset, or this one
     */
    public long spaceSince(Snapshot first) {
        zfs.check();
        return SnapshotCalls.rangeSpace(first.name, name);
    }

    /** Estimates how many bytes a stream of it will have: {@code lzc_send_space_resume_redacted}. */
    public long estimate(SendOptions options) {
        zfs.check();
        return SendCalls.space(options.spec(name), options.resumeBytes());
    }

    /**
     * Sends this snapshot and waits for the end: {@code lzc_send_resume_redacted}.
     *
     * @return the number of bytes of the stream
     * @throws ZfsCallException if ZFS refuses, or the target fails
     * @throws TransferCancelledException if the waiting thread is interrupted, which cancels the transfer
     */
    public long send(SendOptions options, StreamTarget target) {
        return startSend(options, target).await();
    }

    /**
     * Starts sending this snapshot and returns at once. {@link Transfer#await()} throws the errors of ZFS; this method throws if the target cannot be used.
     *
     * @return the running transfer, to await, watch or cancel; always close it
     */
    public Transfer startSend(SendOptions options, StreamTarget target) {
        return target.start(new Sending(zfs, name, options));
    }

    /**
     * Receives a stream as this snapshot and waits for the end: {@code lzc_receive_with_cmdprops}.
     *
     * @return the number of bytes of the stream
     * @throws ZfsCallException if ZFS refuses, or the source fails
     * @throws TransferCancelledException if the waiting thread is interrupted, which cancels the transfer
     */
    public long receive(ReceiveOptions options, StreamSource source) {
        return startReceive(options, source).await();
    }

    /**
     * Starts receiving a stream as this snapshot and returns at once. {@link Transfer#await()} throws the errors of ZFS; this method throws if the source
     * cannot be used.
     *
     * @return the running transfer, to await, watch or cancel; always close it
     */
    public Transfer startReceive(ReceiveOptions options, StreamSource source) {
        return source.start(new Receiving(zfs, name, options));
    }

    /**
     * Creates a redaction bookmark: a stream sent with {@link SendOptions#redacted} leaves out every block that one of the clones has changed. {@code lzc_redact}.
     *
     * @param shortBookmark the part of the bookmark's name after the {@code #}
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
