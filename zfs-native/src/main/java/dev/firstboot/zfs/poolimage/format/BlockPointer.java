package dev.firstboot.zfs.poolimage.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Where a block is and how to read it: {@code blkptr_t} in {@code include/sys/spa.h}, 128 bytes. Immutable.
 *
 * <p>Three kinds: a hole (all zero), a stored block with one to three copies, and a block so small that it is inside the pointer itself
 * ({@code embedded_data}).
 */
public final class BlockPointer {
    /** {@code sizeof (blkptr_t)}. */
    public static final int SIZE = 128;

    /** {@code BPE_PAYLOAD_SIZE}: what fits into the pointer besides its property and birth words. */
    public static final int PAYLOAD_SIZE = 112;

    /** A block of zeros that takes no space. */
    public static final BlockPointer HOLE = new BlockPointer(new byte[SIZE], 0, 0, 0, 0);

    private static final int SECTOR_SHIFT = 9;
    private static final int PROPERTIES = 48;
    private static final int BIRTH = 80;
    private static final int FILL = 88;
    private static final int CHECKSUM = 96;
    private static final long EMBEDDED = 1L << 39;
    private static final long LITTLE_ENDIAN_DATA = 1L << 63;

    private final byte[] bytes;
    private final long fill;
    private final long allocatedSize;
    private final long physicalSize;
    private final long logicalSize;

    private BlockPointer(byte[] bytes, long fill, long allocatedSize, long physicalSize, long logicalSize) {
        this.bytes = bytes;
        this.fill = fill;
        this.allocatedSize = allocatedSize;
        this.physicalSize = physicalSize;
        this.logicalSize = logicalSize;
    }

    /** The data about a block, apart from its bytes: type, level, birth transaction group, and how many blocks or objects are below it. */
    public record Identity(ObjectType type, int level, long birth, long fill) {
        boolean isMetadata() {
            return level > 0 || type.isMetadata();
        }
    }

    /**
     * Space for the copies of a block.
     *
     * @param size the size of one copy in bytes, whole sectors
     * @param offsets where each copy starts, counted from the end of the front labels
     */
    public record Room(int size, List<Long> offsets) {
        /** Copies the list. */
        public Room {
            offsets = List.copyOf(offsets);
        }

        /** Returns how many bytes all copies take. */
        public long allocatedSize() {
            return (long) size * offsets.size();
        }
    }

    /** Returns a pointer to a block that is stored in {@code room}. */
    public static BlockPointer stored(
            Identity identity,
            int logicalSize,
            int physicalSize,
            BlockCompression compression,
            ChecksumType checksumType,
            Checksum checksum,
            Room room) {
        byte[] bytes = new byte[SIZE];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int copy = 0; copy < room.offsets().size(); copy++) {
            buffer.putLong(copy * 16, room.size() >> SECTOR_SHIFT);
            buffer.putLong(copy * 16 + 8, room.offsets().get(copy) >> SECTOR_SHIFT);
        }
        long properties = ((logicalSize >> SECTOR_SHIFT) - 1)
                | (long) ((physicalSize >> SECTOR_SHIFT) - 1) << 16
                | (long) compression.code() << 32
                | (long) checksumType.code() << 40;
        buffer.putLong(PROPERTIES, properties | typeBits(identity));
        buffer.putLong(BIRTH, identity.birth());
        buffer.putLong(FILL, identity.fill());
        checksum.writeTo(buffer, CHECKSUM);
        long uncompressed = identity.isMetadata() ? physicalSize : logicalSize;
        return new BlockPointer(bytes, identity.fill(), room.allocatedSize(), physicalSize, uncompressed);
    }

    /** Returns a pointer with a block whose compressed bytes fit into it: {@code encode_embedded_bp_compressed}. */
    public static BlockPointer embedded(
            Identity identity, int logicalSize, byte[] payload, int payloadSize, BlockCompression compression) {
        byte[] bytes = new byte[SIZE];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0, to = 0; from < payloadSize; to++) {
            if (to == PROPERTIES || to == BIRTH) {
                to += Long.BYTES;
            }
            bytes[to] = payload[from++];
        }
        long properties =
                (logicalSize - 1) | (long) (payloadSize - 1) << 25 | (long) compression.code() << 32 | EMBEDDED;
        buffer.putLong(PROPERTIES, properties | typeBits(identity));
        buffer.putLong(BIRTH, identity.birth());
        return new BlockPointer(bytes, 1, 0, 0, identity.isMetadata() ? 0 : logicalSize);
    }

    private static long typeBits(Identity identity) {
        return (long) identity.type().code() << 48 | (long) identity.level() << 56 | LITTLE_ENDIAN_DATA;
    }

    /** Returns whether its bytes are compressed with Zstandard. */
    public boolean isZstd() {
        return new BlockCompression(bytes[PROPERTIES + 4] & 0x7f, 0).isZstd();
    }

    /** Returns the number of blocks below a file's pointer, or of objects below a meta-dnode's: {@code BP_GET_FILL}. */
    public long fill() {
        return fill;
    }

    /** Returns how many bytes all copies take on disk: {@code bp_get_dsize}. */
    public long allocatedSize() {
        return allocatedSize;
    }

    /** Returns the size of one copy, in bytes: {@code BP_GET_PSIZE}. */
    public long physicalSize() {
        return physicalSize;
    }

    /** Returns the size before compression, in bytes: {@code BP_GET_UCSIZE}. Metadata counts as not compressed. */
    public long uncompressedSize() {
        return logicalSize;
    }

    /** Writes the 128 bytes. */
    public void writeTo(ByteBuffer target, int at) {
        target.put(at, bytes);
    }
}
