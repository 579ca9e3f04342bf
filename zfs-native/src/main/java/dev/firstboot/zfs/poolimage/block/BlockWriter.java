package dev.firstboot.zfs.poolimage.block;

import dev.firstboot.zfs.poolimage.format.BlockCompression;
import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.format.BlockPointer.Identity;
import dev.firstboot.zfs.poolimage.format.BlockPointer.Room;
import dev.firstboot.zfs.poolimage.format.ChecksumType;
import dev.firstboot.zfs.poolimage.format.ObjectType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes bytes as blocks: zeros become holes; all else is compressed if that saves an eighth, gets a checksum, and is written in as many copies as the policy
 * says. Not thread-safe.
 */
public final class BlockWriter {
    private final PoolFile file;
    private final SpaceAllocator space;
    private final BlockQueue queue;

    /** Creates a writer into {@code file} that allocates from {@code space}. The threads of {@code queue} compress blocks that may wait. */
    public BlockWriter(PoolFile file, SpaceAllocator space, BlockQueue queue) {
        this.file = file;
        this.space = space;
        this.queue = queue;
    }

    /** Returns the file that blocks are written to. */
    public PoolFile file() {
        return file;
    }

    /** Returns the queue that runs actions in the order of the blocks. */
    public BlockQueue queue() {
        return queue;
    }

    /** Takes a pointer once it is known. */
    @FunctionalInterface
    public interface PointerSink {
        /** Takes the pointer. */
        void accept(BlockPointer pointer) throws IOException;
    }

    /**
     * Writes a data block when its turn comes.
     *
     * @param data its first {@code length} bytes, a multiple of 512, are written; must not be changed after this call
     */
    public void writeLater(byte[] data, int length, ObjectType type, long fill, BlockPolicy policy, PointerSink sink)
            throws IOException {
        queue.add(
                length,
                () -> prepare(data, length, type, 0, policy),
                prepared -> sink.accept(
                        place(prepared, data, new Identity(type, 0, policy.birth(), fill), policy.copiesOf(type, 0))));
    }

    /** Writes the first {@code length} bytes, a multiple of 512, as one block, at once. */
    public BlockPointer write(byte[] data, int length, ObjectType type, int level, long fill, BlockPolicy policy)
            throws IOException {
        Identity identity = new Identity(type, level, policy.birth(), fill);
        return place(prepare(data, length, type, level, policy), data, identity, policy.copiesOf(type, level));
    }

    private PreparedBlock prepare(byte[] data, int length, ObjectType type, int level, BlockPolicy policy) {
        boolean mayVanish = !type.countsObjects();
        return PreparedBlock.of(
                data,
                length,
                new PreparedBlock.Way(
                        policy.compressionOf(type, level),
                        policy.checksum(),
                        file.geometry(),
                        mayVanish,
                        mayVanish && level == 0),
                queue.compressors(),
                queue.buffers());
    }

    private BlockPointer place(PreparedBlock block, byte[] data, Identity identity, int copies) throws IOException {
        BlockPointer pointer = switch (block.kind()) {
            case HOLE -> BlockPointer.HOLE;
            case EMBEDDED ->
                BlockPointer.embedded(identity, block.logicalSize(), block.bytes(), block.size(), block.compression());
            case STORED -> store(block, identity, reserve(block.size(), copies));
        };
        if (block.bytes() != data) {
            queue.buffers().giveBack(block.bytes());
        }
        return pointer;
    }

    /** Reserves space for a block of {@code size} bytes, to be written later with {@link #writeReserved}. */
    public Room reserve(int size, int copies) {
        int rounded = (int) file.geometry().roundUp(size);
        List<Long> offsets = new ArrayList<>(copies);
        for (int copy = 0; copy < copies; copy++) {
            offsets.add(space.allocate(rounded, copy));
        }
        return new Room(rounded, offsets);
    }

    /** Writes a block into space that was reserved before its bytes were known. Does not compress it, because its size had to be known. */
    public BlockPointer writeReserved(Room room, byte[] data, Identity identity) throws IOException {
        PreparedBlock block =
                PreparedBlock.stored(data, data.length, data.length, BlockCompression.OFF, ChecksumType.FLETCHER_4);
        return store(block, identity, room);
    }

    private BlockPointer store(PreparedBlock block, Identity identity, Room room) throws IOException {
        if (!space.isFull()) {
            for (long offset : room.offsets()) {
                file.writeBlock(block.bytes(), block.size(), offset);
            }
        }
        return BlockPointer.stored(
                identity,
                block.logicalSize(),
                block.size(),
                block.compression(),
                block.checksumType(),
                block.checksum(),
                room);
    }
}
