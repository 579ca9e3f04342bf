package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.object.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A filesystem or snapshot: {@code dsl_dataset_phys_t} in {@code include/sys/dsl_dataset.h}. */
record DslDataset(
        long directory,
        Snapshot previous,
        long nextSnapshot,
        long snapshotNames,
        long children,
        long created,
        long createdTxg,
        long deadlist,
        Usage referenced,
        long unique,
        long fsidGuid,
        long guid,
        BlockPointer root,
        long nextClones) {
    static final int SIZE = 320;
    /** {@code DS_FLAG_UNIQUE_ACCURATE}. */
    private static final long UNIQUE_ACCURATE = 1 << 2;

    /** A snapshot as others refer to it. */
    record Snapshot(long object, long txg) {
        static final Snapshot NONE = new Snapshot(0, 0);
    }

    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(0, directory);
        buffer.putLong(8, previous.object());
        buffer.putLong(16, previous.txg());
        buffer.putLong(24, nextSnapshot);
        buffer.putLong(32, snapshotNames);
        buffer.putLong(40, children);
        buffer.putLong(48, created);
        buffer.putLong(56, createdTxg);
        buffer.putLong(64, deadlist);
        buffer.putLong(72, referenced.allocated());
        buffer.putLong(80, referenced.compressed());
        buffer.putLong(88, referenced.uncompressed());
        buffer.putLong(96, unique);
        buffer.putLong(104, fsidGuid);
        buffer.putLong(112, guid);
        buffer.putLong(120, UNIQUE_ACCURATE);
        root.writeTo(buffer, 128);
        buffer.putLong(256, nextClones);
        return buffer.array();
    }
}
