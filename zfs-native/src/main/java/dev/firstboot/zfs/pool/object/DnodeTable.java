package dev.firstboot.zfs.pool.object;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The dnodes of an object set, in blocks of thirty-two as they will be stored. Not thread-safe. */
final class DnodeTable {
    private final List<byte[]> blocks = new ArrayList<>();
    private long objects;

    void put(long object, byte[] dnode) {
        int block = (int) (object / ObjectSet.DNODES_PER_BLOCK);
        ensure(object);
        int at = (int) (object % ObjectSet.DNODES_PER_BLOCK) * Dnode.SIZE;
        if (blocks.get(block)[at] == 0) {
            objects++;
        }
        System.arraycopy(dnode, 0, blocks.get(block), at, Dnode.SIZE);
    }

    /** Makes room for dnodes up to that of {@code object}. */
    void ensure(long object) {
        while (blocks.size() <= object / ObjectSet.DNODES_PER_BLOCK) {
            blocks.add(new byte[ObjectSet.DNODE_BLOCK_SIZE]);
        }
    }

    void update(long object, ObjectSet.BonusChange change) {
        byte[] block = blocks.get((int) (object / ObjectSet.DNODES_PER_BLOCK));
        int at = (int) (object % ObjectSet.DNODES_PER_BLOCK) * Dnode.SIZE;
        change.apply(ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN), Dnode.bonusAt(block, at));
    }

    int blockCount() {
        return blocks.size();
    }

    byte[] block(int index) {
        return blocks.get(index);
    }

    /** Dnodes in use in a block. */
    long fill(int index) {
        byte[] block = blocks.get(index);
        long used = 0;
        for (int at = 0; at < block.length; at += Dnode.SIZE) {
            used += block[at] == 0 ? 0 : 1;
        }
        return used;
    }

    /** Dnodes in use. */
    long objects() {
        return objects;
    }
}
