package dev.firstboot.zfs.poolimage.zap;

import dev.firstboot.zfs.error.ZfsException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A ZAP of many blocks: a header, leaves with the entries of one hash prefix each, and a table from prefix to leaf ({@code zap_phys_t} in
 * {@code include/sys/zap_impl.h}). The table is in the second half of the header if it fits there, else in blocks after it. One block is in memory at a time.
 */
final class FatZap {
    /** {@code ZBT_HEADER}. */
    private static final long BLOCK_TYPE = (1L << 63) + 1;

    private static final long MAGIC = 0x2F52AB2ABL;

    /** The most bits of a prefix: a table of 512 MiB, more than a hundred million names need. */
    private static final int DEEPEST = 26;

    private final int blockShift;
    private final long salt;
    private final SortedEntries entries;
    private final List<Leaf> leaves = new ArrayList<>();

    /** The entries from {@code from} to {@code to}, and the highest bits of their hashes. */
    private record Leaf(long prefix, int prefixLength, int from, int to) {}

    /** Takes the blocks in order; the array may be reused after the call. */
    @FunctionalInterface
    interface BlockSink {
        void accept(byte[] block) throws IOException;
    }

    /** Divides the entries among leaves. */
    FatZap(int blockShift, long salt, SortedEntries entries) {
        this.blockShift = blockShift;
        this.salt = salt;
        this.entries = entries;
        divide(0, entries.size(), 0, 0);
    }

    /** Makes one leaf if the entries fit into it, else divides them by the next bit of the hash. */
    private void divide(int from, int to, long prefix, int prefixLength) {
        if (entries.chunks(from, to) <= ZapLeaf.chunks(blockShift)) {
            leaves.add(new Leaf(prefix, prefixLength, from, to));
            return;
        }
        if (prefixLength == DEEPEST) {
            throw new ZfsException(
                    (to - from) + " names of one directory have the same hash, or nearly, more than ZFS can"
                            + " hold; rename some of them");
        }
        int split = entries.firstWith(prefixLength, from, to);
        divide(from, split, prefix << 1, prefixLength + 1);
        divide(split, to, prefix << 1 | 1, prefixLength + 1);
    }

    private int deepest() {
        return leaves.stream().mapToInt(Leaf::prefixLength).max().orElse(0);
    }

    /** Returns the binary logarithm of the number of entries in the table. */
    private int tableShift() {
        return Math.max(blockShift - 4, deepest());
    }

    private int tableBlocks() {
        return deepest() > blockShift - 4 ? 1 << (tableShift() + 3 - blockShift) : 0;
    }

    /** Returns the number of blocks. */
    int blocks() {
        return 1 + tableBlocks() + leaves.size();
    }

    /** Writes all blocks in order: the header, the pointer table if it needs blocks of its own, and the leaves. */
    void writeTo(BlockSink sink) throws IOException {
        int blockSize = 1 << blockShift;
        int tableBlocks = tableBlocks();
        ByteBuffer block = ByteBuffer.allocate(blockSize).order(ByteOrder.LITTLE_ENDIAN);
        block.putLong(0, BLOCK_TYPE);
        block.putLong(8, MAGIC);
        block.putLong(16, tableBlocks > 0 ? 1 : 0);
        block.putLong(24, tableBlocks);
        block.putLong(32, tableShift());
        block.putLong(56, blocks());
        block.putLong(64, leaves.size());
        block.putLong(72, entries.size());
        block.putLong(80, salt);
        if (tableBlocks > 0) {
            sink.accept(block.array());
            block = ByteBuffer.allocate(blockSize).order(ByteOrder.LITTLE_ENDIAN);
        } else {
            block.position(blockSize / 2);
        }
        int shift = tableShift();
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            for (int slots = 1 << (shift - leaves.get(leaf).prefixLength()); slots > 0; slots--) {
                block.putLong(1L + tableBlocks + leaf);
                if (!block.hasRemaining()) {
                    sink.accept(block.array());
                    block.clear();
                }
            }
        }
        for (Leaf leaf : leaves) {
            sink.accept(new ZapLeaf(blockShift, leaf.prefix, leaf.prefixLength, entries.entries(leaf.from, leaf.to))
                    .bytes());
        }
    }
}
