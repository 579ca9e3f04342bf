package dev.firstboot.zfs.pool.zap;

import dev.firstboot.zfs.error.ZfsException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A ZAP of many blocks: a header, leaves that hold the entries of a hash prefix each, and a table from prefix to leaf ({@code
 * zap_phys_t} in {@code include/sys/zap_impl.h}). The table lies in the second half of the header while it fits there, else in
 * blocks after it.
 */
final class FatZap {
    /** {@code ZBT_HEADER}. */
    private static final long BLOCK_TYPE = (1L << 63) + 1;

    private static final long MAGIC = 0x2F52AB2ABL;

    private final int blockShift;
    private final long salt;
    private final int entries;
    private final List<ZapLeaf> leaves = new ArrayList<>();

    /** Divides entries, sorted by hash, among leaves. */
    FatZap(int blockShift, long salt, List<ZapEntry> sorted) {
        this.blockShift = blockShift;
        this.salt = salt;
        this.entries = sorted.size();
        divide(sorted, 0, 0);
    }

    /** One leaf if the entries fit into it, else the halves that the next bit of the hash makes. */
    private void divide(List<ZapEntry> part, long prefix, int prefixLength) {
        if (part.stream().mapToInt(ZapEntry::chunks).sum() <= ZapLeaf.chunks(blockShift)) {
            leaves.add(new ZapLeaf(blockShift, prefix, prefixLength, part));
            return;
        }
        if (prefixLength == ZapHash.BITS) {
            throw new ZfsException(part.size() + " names of one directory have the same hash, more than ZFS can hold;"
                    + " rename some of them");
        }
        int split = 0;
        int bit = Long.SIZE - 1 - prefixLength;
        while (split < part.size() && (part.get(split).hash() >>> bit & 1) == 0) {
            split++;
        }
        divide(part.subList(0, split), prefix << 1, prefixLength + 1);
        divide(part.subList(split, part.size()), prefix << 1 | 1, prefixLength + 1);
    }

    /** All blocks in order: the header, a pointer table if it needs blocks of its own, the leaves. */
    byte[] bytes() {
        int blockSize = 1 << blockShift;
        int embeddedShift = blockShift - 4;
        int deepest = leaves.stream().mapToInt(ZapLeaf::prefixLength).max().orElse(0);
        boolean external = deepest > embeddedShift;
        int shift = Math.max(embeddedShift, deepest);
        int tableBlocks = external ? 1 << (shift + 3 - blockShift) : 0;
        ByteBuffer blocks = ByteBuffer.allocate(Math.multiplyExact(blockSize, 1 + tableBlocks + leaves.size()))
                .order(ByteOrder.LITTLE_ENDIAN);
        blocks.putLong(0, BLOCK_TYPE);
        blocks.putLong(8, MAGIC);
        blocks.putLong(16, external ? 1 : 0);
        blocks.putLong(24, tableBlocks);
        blocks.putLong(32, shift);
        blocks.putLong(56, 1L + tableBlocks + leaves.size());
        blocks.putLong(64, leaves.size());
        blocks.putLong(72, entries);
        blocks.putLong(80, salt);
        int table = external ? blockSize : blockSize / 2;
        int firstLeaf = 1 + tableBlocks;
        for (int leaf = 0; leaf < leaves.size(); leaf++) {
            for (int slots = 1 << (shift - leaves.get(leaf).prefixLength()); slots > 0; slots--) {
                blocks.putLong(table, firstLeaf + leaf);
                table += Long.BYTES;
            }
            blocks.put((firstLeaf + leaf) * blockSize, leaves.get(leaf).bytes());
        }
        return blocks.array();
    }
}
