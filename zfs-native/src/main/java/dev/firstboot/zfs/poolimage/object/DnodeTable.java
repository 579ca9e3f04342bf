package dev.firstboot.zfs.poolimage.object;

import dev.firstboot.zfs.poolimage.block.PoolFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The dnodes of an object set, in blocks of 32, as they are stored. Not thread-safe. */
final class DnodeTable {
    private final DnodePages blocks;
    private long objects;

    DnodeTable(PoolFile pool) {
        blocks = new DnodePages(pool);
    }

    void put(long object, byte[] dnode) throws IOException {
        ensure(object);
        byte[] block = blocks.get(blockOf(object));
        int at = (int) (object % ObjectSet.DNODES_PER_BLOCK) * Dnode.SIZE;
        if (block[at] == 0) {
            objects++;
        }
        System.arraycopy(dnode, 0, block, at, Dnode.SIZE);
    }

    private static int blockOf(long object) {
        return Math.toIntExact(object / ObjectSet.DNODES_PER_BLOCK);
    }

    /** Creates empty dnodes up to that of {@code object}. */
    void ensure(long object) throws IOException {
        blocks.ensure(blockOf(object));
    }

    void update(long object, ObjectSet.BonusChange change) throws IOException {
        byte[] block = blocks.get(blockOf(object));
        int at = (int) (object % ObjectSet.DNODES_PER_BLOCK) * Dnode.SIZE;
        change.apply(ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN), Dnode.bonusAt(block, at));
    }

    int blockCount() {
        return blocks.count();
    }

    byte[] block(int index) throws IOException {
        return blocks.get(index);
    }

    /** Returns how many dnodes of a block are in use. */
    long fill(int index) throws IOException {
        byte[] block = blocks.get(index);
        long used = 0;
        for (int at = 0; at < block.length; at += Dnode.SIZE) {
            used += block[at] == 0 ? 0 : 1;
        }
        return used;
    }

    /** Returns how many dnodes are in use. */
    long objects() {
        return objects;
    }
}
