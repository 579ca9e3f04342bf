package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.format.ObjectType;
import dev.firstboot.zfs.poolimage.label.PoolIdentity;
import dev.firstboot.zfs.poolimage.object.Content;
import dev.firstboot.zfs.poolimage.object.Dnode;
import dev.firstboot.zfs.poolimage.object.ObjectSet;
import dev.firstboot.zfs.poolimage.zap.Zap;
import java.io.IOException;

/** Lists of blocks to free, all empty: {@code dsl_deadlist_phys_t} and {@code bpobj_phys_t}. */
final class Deadlists {
    private static final int DEADLIST_BONUS = 320;

    /** {@code BPOBJ_SIZE_V2}. */
    private static final int BPOBJ_BONUS = 48;

    /** {@code SPA_OLD_MAXBLOCKSIZE}: the size of the blocks that the lists will have. */
    private static final int BPOBJ_BLOCK = 128 << 10;

    private final ObjectSet mos;
    private final PoolIdentity identity;

    Deadlists(ObjectSet mos, PoolIdentity identity) {
        this.mos = mos;
        this.identity = identity;
    }

    /**
     * Writes a dead list with an empty list for the blocks born after each of these transaction groups; returns its object. The groups are those of all
     * snapshots before the dataset but the latest, whose key the dataset's next snapshot adds ({@code dsl_deadlist_add_key}).
     */
    long write(long... txgs) throws IOException {
        Zap zap = new Zap(identity.salt("mos deadlist", txgs.length));
        for (long txg : txgs) {
            zap.add(Long.toHexString(txg), writeBpobj());
        }
        return zap.writeTo(mos, ObjectType.DEADLIST, ObjectType.DEADLIST_HDR, new byte[DEADLIST_BONUS]);
    }

    /** Writes an empty list of block pointers; returns its object. */
    long writeBpobj() throws IOException {
        Content empty = Content.empty(Dnode.blockPointers(ObjectType.BPOBJ_HDR, BPOBJ_BONUS), BPOBJ_BLOCK);
        return mos.add(Dnode.of(ObjectType.BPOBJ, empty, ObjectType.BPOBJ_HDR, new byte[BPOBJ_BONUS]));
    }
}
