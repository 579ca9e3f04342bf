package dev.firstboot.zfs;

import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.DatasetCalls;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.nvlist.NvPair;
import dev.firstboot.zfs.property.Properties;
import dev.firstboot.zfs.property.PropertyEdit;
import java.time.Instant;
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
        return zfs.dataset(Names.before(name, '@'));
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
        Snapshot renamed = zfs.snapshot(Names.before(name, '@') + "@" + shortName);
        DatasetCalls.rename(name, renamed.name);
        return renamed;
    }

    /** Makes a bookmark of it, named behind the {@code #}: {@code lzc_bookmark}. */
    public Bookmark bookmark(String shortName) {
        Bookmark made = zfs.bookmark(Names.before(name, '@') + "#" + shortName);
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
