package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.object.Usage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A filesystem or snapshot: {@code dsl_dataset_phys_t} in {@code include/sys/dsl_dataset.h}. Made by {@link #head} or {@link #snapshot}.
 *
 * @param previous the snapshot before it
 * @param next for a snapshot, the dataset after it; else 0
 * @param snapshotNames for a head, its table of snapshots; else 0
 * @param children for a snapshot, how many datasets come after it; else 0
 * @param unique the bytes that no other dataset refers to
 * @param nextClones for a snapshot, its table of clones; else 0
 */
record DslDataset(
        Birth birth,
        Data data,
        Snapshot previous,
        long next,
        long snapshotNames,
        long children,
        long deadlist,
        long unique,
        long nextClones) {
    static final int SIZE = 320;
    /** {@code DS_FLAG_UNIQUE_ACCURATE}. */
    private static final long UNIQUE_ACCURATE = 1 << 2;

    /** A snapshot as others refer to it. */
    record Snapshot(long object, long txg) {
        static final Snapshot NONE = new Snapshot(0, 0);
    }

    /**
     * Where and when a dataset was created, and its identifiers.
     *
     * @param directory its directory's object
     * @param seconds when it was created, in seconds since the epoch
     * @param txg the transaction group that created it
     */
    record Birth(long directory, long seconds, long txg, long fsidGuid, long guid) {}

    /** What a dataset refers to. */
    record Data(Usage referenced, BlockPointer root) {
        static final Data NONE = new Data(Usage.NONE, BlockPointer.HOLE);
    }

    /** Returns the current state of a filesystem. */
    static DslDataset head(Birth birth, Data data, Snapshot previous, long snapshotNames, long deadlist, long unique) {
        return new DslDataset(birth, data, previous, 0, snapshotNames, 0, deadlist, unique, 0);
    }

    /** Returns a snapshot with the head after it and no clones. */
    static DslDataset snapshot(Birth birth, Data data, Snapshot previous, long head, long deadlist) {
        return new DslDataset(birth, data, previous, head, 0, 1, deadlist, 0, 0);
    }

    /** Returns the same snapshot with clones. */
    DslDataset withClones(int count, long table) {
        return new DslDataset(birth, data, previous, next, snapshotNames, children + count, deadlist, unique, table);
    }

    byte[] bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(0, birth.directory());
        buffer.putLong(8, previous.object());
        buffer.putLong(16, previous.txg());
        buffer.putLong(24, next);
        buffer.putLong(32, snapshotNames);
        buffer.putLong(40, children);
        buffer.putLong(48, birth.seconds());
        buffer.putLong(56, birth.txg());
        buffer.putLong(64, deadlist);
        buffer.putLong(72, data.referenced().allocated());
        buffer.putLong(80, data.referenced().compressed());
        buffer.putLong(88, data.referenced().uncompressed());
        buffer.putLong(96, unique);
        buffer.putLong(104, birth.fsidGuid());
        buffer.putLong(112, birth.guid());
        buffer.putLong(120, UNIQUE_ACCURATE);
        data.root().writeTo(buffer, 128);
        buffer.putLong(256, nextClones);
        return buffer.array();
    }
}
