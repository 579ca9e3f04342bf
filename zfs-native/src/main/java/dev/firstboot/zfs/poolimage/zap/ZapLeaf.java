package dev.firstboot.zfs.poolimage.zap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The block with the entries of one hash prefix: {@code zap_leaf_phys_t} in {@code include/sys/zap_leaf.h}. */
record ZapLeaf(int blockShift, long prefix, int prefixLength, List<ZapEntry> entries) {
    /** {@code ZBT_LEAF}. */
    private static final long BLOCK_TYPE = 1L << 63;

    private static final int MAGIC = 0x2AB1EAF;
    private static final int HEADER = 48;
    private static final int CHUNK = 24;
    private static final byte CHUNK_ENTRY = (byte) 252;
    private static final byte CHUNK_ARRAY = (byte) 251;
    private static final byte CHUNK_FREE = (byte) 253;
    private static final short END = (short) 0xffff;
    /** {@code ZLF_ENTRIES_CDSORTED}: entries of one hash follow each other in the order of their differentiators. */
    private static final byte SORTED = 1;

    private static int hashEntries(int blockShift) {
        return 1 << (blockShift - 5);
    }

    /** {@code ZAP_LEAF_NUMCHUNKS}. */
    static int chunks(int blockShift) {
        return ((1 << blockShift) - 2 * hashEntries(blockShift)) / CHUNK - 2;
    }

    byte[] bytes() {
        ByteBuffer block = ByteBuffer.allocate(1 << blockShift).order(ByteOrder.LITTLE_ENDIAN);
        short[] heads = new short[hashEntries(blockShift)];
        short[] tails = new short[heads.length];
        java.util.Arrays.fill(heads, END);
        int next = 0;
        for (ZapEntry entry : entries) {
            int bucket = bucket(entry.hash());
            if (heads[bucket] == END) {
                heads[bucket] = (short) next;
            } else {
                block.putShort(chunkAt(tails[bucket]) + 2, (short) next);
            }
            tails[bucket] = (short) next;
            next = put(block, entry, next);
        }
        int total = chunks(blockShift);
        writeHeader(block, next, total - next);
        for (int i = 0; i < heads.length; i++) {
            block.putShort(HEADER + i * 2, heads[i]);
        }
        for (int chunk = next; chunk < total; chunk++) {
            block.put(chunkAt(chunk), CHUNK_FREE);
            block.putShort(chunkAt(chunk) + CHUNK - 2, chunk + 1 == total ? END : (short) (chunk + 1));
        }
        return block.array();
    }

    private void writeHeader(ByteBuffer block, int used, int free) {
        block.putLong(0, BLOCK_TYPE);
        block.putLong(16, prefix);
        block.putInt(24, MAGIC);
        block.putShort(28, (short) free);
        block.putShort(30, (short) entries.size());
        block.putShort(32, (short) prefixLength);
        block.putShort(34, free == 0 ? END : (short) used);
        block.put(36, SORTED);
    }

    /** Writes an entry into chunks from {@code first} on; returns the next free chunk. */
    private int put(ByteBuffer block, ZapEntry entry, int first) {
        byte[] name = entry.nameBytes();
        byte[] value = entry.valueBytes();
        int nameChunk = first + 1;
        int valueChunk = putArray(block, name, nameChunk);
        int next = putArray(block, value, valueChunk);
        int at = chunkAt(first);
        block.put(at, CHUNK_ENTRY);
        block.put(at + 1, (byte) entry.integerSize());
        block.putShort(at + 2, END);
        block.putShort(at + 4, (short) nameChunk);
        block.putShort(at + 6, (short) name.length);
        block.putShort(at + 8, value.length == 0 ? END : (short) valueChunk);
        block.putShort(at + 10, (short) entry.values().length);
        block.putInt(at + 12, entry.differentiator());
        block.putLong(at + 16, entry.hash());
        return next;
    }

    private int putArray(ByteBuffer block, byte[] array, int first) {
        int chunk = first;
        for (int from = 0; from < array.length; from += ZapEntry.CHUNK_BYTES) {
            int length = Math.min(ZapEntry.CHUNK_BYTES, array.length - from);
            int at = chunkAt(chunk++);
            block.put(at, CHUNK_ARRAY);
            block.put(at + 1, array, from, length);
            block.putShort(at + CHUNK - 2, from + length == array.length ? END : (short) chunk);
        }
        return chunk;
    }

    /** {@code LEAF_HASH}: the bits of the hash after the prefix. */
    private int bucket(long hash) {
        int bits = blockShift - 5;
        return (int) (hash << prefixLength >>> (Long.SIZE - bits));
    }

    private int chunkAt(int chunk) {
        return HEADER + 2 * hashEntries(blockShift) + chunk * CHUNK;
    }
}
