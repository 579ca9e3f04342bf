package dev.firstboot.zfs.pool.object;

import dev.firstboot.zfs.pool.format.BlockPointer;
import dev.firstboot.zfs.pool.format.ObjectType;
import java.io.IOException;

/** Ends an object set of a dataset: writes its dnodes and the block at its root. */
public final class ObjectSetWriter {
    /** {@code DMU_OST_ZFS}: the set is a filesystem. */
    private static final int FILESYSTEM = 2;

    private static final int META_DNODE_POINTERS = 3;

    private ObjectSetWriter() {}

    /**
     * A finished object set.
     *
     * @param root pointer to its {@code objset_phys_t}
     * @param usage bytes of everything in it
     * @param largeBlocks whether it has blocks over 128 KiB
     */
    public record Written(BlockPointer root, Usage usage, boolean largeBlocks) {}

    /** Writes what is left of a filesystem's object set. */
    public static Written finishFilesystem(ObjectSet set) throws IOException {
        DnodeTable dnodes = set.dnodes();
        BlockTree tree =
                set.tree(ObjectType.DNODE, ObjectSet.DNODE_BLOCK_SIZE, dnodes.blockCount(), META_DNODE_POINTERS);
        for (int block = 0; block < dnodes.blockCount(); block++) {
            long fill = dnodes.fill(block);
            tree.add(
                    fill == 0
                            ? BlockPointer.HOLE
                            : set.writer()
                                    .write(
                                            dnodes.block(block),
                                            ObjectSet.DNODE_BLOCK_SIZE,
                                            ObjectType.DNODE,
                                            0,
                                            fill,
                                            set.policy()));
        }
        Content meta = tree.finish();
        byte[] header = ObjectSetHeader.of(FILESYSTEM, meta);
        BlockPointer root =
                set.writer().write(header, header.length, ObjectType.OBJSET, 0, dnodes.objects(), set.policy());
        return new Written(root, set.contentUsage().plus(meta.usage()).plus(Usage.of(root)), set.hasLargeBlocks());
    }
}
