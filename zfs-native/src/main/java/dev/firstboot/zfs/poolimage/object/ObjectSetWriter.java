package dev.firstboot.zfs.poolimage.object;

import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.format.DatasetFeature;
import dev.firstboot.zfs.poolimage.format.ObjectType;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finishes the object set of a dataset: writes its dnodes and its root block. */
public final class ObjectSetWriter {
    /** {@code DMU_OST_ZFS}: the set is a filesystem. */
    private static final int FILESYSTEM = 2;

    private static final int META_DNODE_POINTERS = 3;

    private ObjectSetWriter() {}

    /**
     * A finished object set.
     *
     * @param root pointer to its {@code objset_phys_t}
     * @param usage the bytes of everything in it
     * @param features the pool features that its contents need
     */
    public record Written(BlockPointer root, Usage usage, Set<DatasetFeature> features) {
        /** Copies the set. */
        public Written {
            features = Collections.unmodifiableSet(new TreeSet<>(features));
        }
    }

    /** Writes the rest of a filesystem's object set; {@code accounts} are those of users, groups and projects. */
    public static Written finishFilesystem(ObjectSet set, List<Content> accounts) throws IOException {
        DnodeTable dnodes = set.dnodes();
        BlockTree tree =
                set.tree(ObjectType.DNODE, ObjectSet.DNODE_BLOCK_SIZE, dnodes.blockCount(), META_DNODE_POINTERS);
        for (int block = 0; block < dnodes.blockCount(); block++) {
            long fill = dnodes.fill(block);
            if (fill == 0) {
                set.queue().then(() -> tree.add(BlockPointer.HOLE));
            } else {
                tree.writeLater(dnodes.block(block), ObjectSet.DNODE_BLOCK_SIZE, fill);
            }
        }
        set.queue().drain();
        Content meta = tree.finish();
        byte[] header = ObjectSetHeader.of(FILESYSTEM, meta, accounts);
        BlockPointer root =
                set.writer().write(header, header.length, ObjectType.OBJSET, 0, dnodes.objects(), set.policy());
        Usage usage = set.contentUsage().plus(meta.usage()).plus(Usage.of(root));
        for (Content account : accounts) {
            usage = usage.plus(account.usage());
        }
        return new Written(root, usage, set.features());
    }
}
