package dev.firstboot.zfs.pool.block;

import dev.firstboot.zfs.pool.format.BlockCompression;
import dev.firstboot.zfs.pool.format.BlockPointer;
import dev.firstboot.zfs.pool.format.BlockPointer.Identity;
import dev.firstboot.zfs.pool.format.BlockPointer.Room;
import dev.firstboot.zfs.pool.format.Checksum;
import dev.firstboot.zfs.pool.format.ObjectType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns bytes into stored blocks: zeros become holes, the rest is compressed if that saves an eighth, checksummed, and written
 * as often as the policy says. Not thread-safe.
 */
public final class BlockWriter {
    private final PoolFile file;
    private final SpaceAllocator space;
    private final Lz4 lz4 = new Lz4();
    private byte[] compressed = new byte[0];

    /** A writer into {@code file}, taking room from {@code space}. */
    public BlockWriter(PoolFile file, SpaceAllocator space) {
        this.file = file;
        this.space = space;
    }

    /** Writes the first {@code length} bytes, a multiple of 512, as one block. */
    public BlockPointer write(byte[] data, int length, ObjectType type, int level, long fill, BlockPolicy policy)
            throws IOException {
        Identity identity = new Identity(type, level, policy.birth(), fill);
        if (!type.countsObjects() && isZero(data, length)) {
            return BlockPointer.HOLE;
        }
        int copies = policy.copiesOf(type, level);
        if (policy.compressionOf(type, level) == BlockCompression.LZ4) {
            int size = compress(data, length);
            if (size <= BlockPointer.PAYLOAD_SIZE && level == 0 && !type.countsObjects()) {
                return BlockPointer.embedded(identity, length, compressed, size, BlockCompression.LZ4);
            }
            int rounded = (int) file.geometry().roundUp(size);
            if (size <= length - (length >> 3) && rounded < length) {
                Arrays.fill(compressed, size, rounded, (byte) 0);
                return store(compressed, rounded, length, BlockCompression.LZ4, identity, reserve(rounded, copies));
            }
        }
        return store(data, length, length, BlockCompression.OFF, identity, reserve(length, copies));
    }

    private int compress(byte[] data, int length) {
        int bound = Math.max(lz4.bound(length), (int) file.geometry().roundUp(length));
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        return lz4.compress(data, length, compressed);
    }

    /** Takes room for a block of {@code size} bytes, to be written later with {@link #writeReserved}. */
    public Room reserve(int size, int copies) {
        int rounded = (int) file.geometry().roundUp(size);
        List<Long> offsets = new ArrayList<>(copies);
        for (int copy = 0; copy < copies; copy++) {
            offsets.add(space.allocate(rounded, copy));
        }
        return new Room(rounded, offsets);
    }

    /** Writes a block into room taken before its bytes were known; without compression, so that its size was known. */
    public BlockPointer writeReserved(Room room, byte[] data, Identity identity) throws IOException {
        return store(data, data.length, data.length, BlockCompression.OFF, identity, room);
    }

    private BlockPointer store(
            byte[] data, int size, int logicalSize, BlockCompression compression, Identity identity, Room room)
            throws IOException {
        for (long offset : room.offsets()) {
            file.writeBlock(data, size, offset);
        }
        return BlockPointer.stored(identity, logicalSize, size, compression, Checksum.fletcher4(data, size), room);
    }

    private static boolean isZero(byte[] data, int length) {
        return data[0] == 0 && Arrays.mismatch(data, 0, length - 1, data, 1, length) < 0;
    }
}
