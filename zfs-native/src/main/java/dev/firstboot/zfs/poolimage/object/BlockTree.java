package dev.firstboot.zfs.poolimage.object;

import dev.firstboot.zfs.poolimage.block.BlockPolicy;
import dev.firstboot.zfs.poolimage.block.BlockWriter;
import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.format.DatasetFeature;
import dev.firstboot.zfs.poolimage.format.ObjectType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects the pointers of an object's data blocks, in order, and writes the indirect blocks above them as they fill up. Keeps one indirect block per level in
 * memory, from its first pointer on. Many trees may wait for their blocks, but one gets all of its blocks before the next. Not thread-safe.
 */
public final class BlockTree {
    /** How many block pointers an indirect block has. */
    private static final int FAN_OUT = 1 << (Content.INDIRECT_SHIFT - 7);

    private final BlockWriter writer;
    private final BlockPolicy policy;
    private final ObjectType type;
    private final int blockSize;
    private final long blocks;
    private final Level[] indirect;
    private final BlockPointer[] pointers;
    private final Set<DatasetFeature> features;
    private int filled;
    private Usage usage = Usage.NONE;

    /**
     * Creates a tree for exactly {@code blocks} data blocks, below a dnode with {@code pointers} block pointers. Adds the features that it uses to
     * {@code features}.
     */
    BlockTree(
            BlockWriter writer,
            BlockPolicy policy,
            ObjectType type,
            int blockSize,
            long blocks,
            int pointers,
            Set<DatasetFeature> features) {
        this.features = features;
        this.writer = writer;
        this.policy = policy;
        this.type = type;
        this.blockSize = blockSize;
        this.blocks = blocks;
        this.indirect = new Level[indirectLevels(blocks, pointers)];
        Arrays.setAll(indirect, level -> new Level());
        this.pointers = new BlockPointer[pointers];
        Arrays.fill(this.pointers, BlockPointer.HOLE);
    }

    private static int indirectLevels(long blocks, int pointers) {
        int levels = 0;
        for (long reach = pointers; reach < blocks; reach *= FAN_OUT) {
            levels++;
        }
        return levels;
    }

    /** Compresses and writes the next data block. */
    public void write(byte[] data, int length) throws IOException {
        add(writer.write(data, length, type, 0, 1, policy));
    }

    /** Compresses and writes the next data block when its turn comes. The bytes must not be changed after this call. */
    public void writeLater(byte[] data, int length) throws IOException {
        writeLater(data, length, 1);
    }

    /** Does the same for a block of objects. */
    void writeLater(byte[] data, int length, long objects) throws IOException {
        writer.writeLater(data, length, type, objects, policy, this::add);
    }

    /** Adds the next data block. */
    public void add(BlockPointer block) throws IOException {
        usage = usage.plus(Usage.of(block));
        if (block.isZstd()) {
            features.add(DatasetFeature.ZSTD_COMPRESS);
        }
        add(0, block);
    }

    /** Adds this many data blocks of zeros; adds whole indirect blocks at a time where it can. */
    public void skip(long count) throws IOException {
        long left = count;
        while (left > 0) {
            int level = 0;
            long covered = 1;
            while (level < indirect.length && indirect[level].count == 0 && covered * FAN_OUT <= left) {
                covered *= FAN_OUT;
                level++;
            }
            add(level, BlockPointer.HOLE);
            left -= covered;
        }
    }

    private void add(int level, BlockPointer block) throws IOException {
        if (level == indirect.length) {
            pointers[filled++] = block;
            return;
        }
        if (indirect[level].add(block)) {
            flush(level);
        }
    }

    private void flush(int level) throws IOException {
        Level full = indirect[level];
        BlockPointer above = full.fill == 0
                ? BlockPointer.HOLE
                : writer.write(full.block(), FAN_OUT * BlockPointer.SIZE, type, level + 1, full.fill, policy);
        full.clear();
        usage = usage.plus(Usage.of(above));
        add(level + 1, above);
    }

    /** Writes the remaining indirect blocks. Every data block must have been added. */
    public Content finish() throws IOException {
        for (int level = 0; level < indirect.length; level++) {
            if (indirect[level].count > 0) {
                flush(level);
            }
        }
        return new Content(
                blockSize,
                Content.INDIRECT_SHIFT,
                indirect.length + 1,
                Math.max(0, blocks - 1),
                Arrays.asList(pointers),
                usage);
    }

    /** An indirect block that is being filled. */
    private static final class Level {
        @Nullable
        ByteBuffer bytes;

        int count;
        long fill;

        boolean add(BlockPointer block) {
            block.writeTo(bytes(), count++ * BlockPointer.SIZE);
            fill += block.fill();
            return count == FAN_OUT;
        }

        byte[] block() {
            return bytes().array();
        }

        private ByteBuffer bytes() {
            if (bytes == null) {
                bytes = ByteBuffer.allocate(FAN_OUT * BlockPointer.SIZE).order(ByteOrder.LITTLE_ENDIAN);
            }
            return bytes;
        }

        /** Empties the block and frees its memory, because more blocks may never come. */
        void clear() {
            bytes = null;
            count = 0;
            fill = 0;
        }
    }
}
