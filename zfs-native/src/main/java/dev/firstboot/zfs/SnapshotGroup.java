package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.internal.name.ZfsNames;
import dev.firstboot.zfs.property.PropertyEdit;
import java.util.LinkedHashSet;
import java.util.Set;

/** Collects the snapshots that {@link Zfs#takeSnapshots} takes in one transaction group. Not thread-safe. */
public final class SnapshotGroup {
    private final Set<String> snapshots = new LinkedHashSet<>();
    private final PropertyEdit properties;

    SnapshotGroup(String version) {
        this.properties = new PropertyEdit(version);
    }

    /** Adds a snapshot, {@code DATASET@SNAPSHOT}. All must be in one pool, with at most one for each dataset. */
    public SnapshotGroup addSnapshot(String name) {
        snapshots.add(ZfsNames.snapshot(name));
        return this;
    }

    /** Sets a user property on every snapshot of the group. Its name has a colon. */
    public SnapshotGroup property(String name, String value) {
        properties.set(name, value);
        return this;
    }

    void commit() {
        SnapshotCalls.snapshot(snapshots, properties.toNvList());
    }
}
