package dev.firstboot.zfs.poolimage.object;

import dev.firstboot.zfs.poolimage.format.BlockPointer;

/**
 * The bytes of a set of blocks.
 *
 * @param allocated on disk, all copies together
 * @param compressed one copy, as stored
 * @param uncompressed one copy, before compression
 */
public record Usage(long allocated, long compressed, long uncompressed) {
    /** No bytes. */
    public static final Usage NONE = new Usage(0, 0, 0);

    /** Returns the bytes of one block. */
    public static Usage of(BlockPointer block) {
        return new Usage(block.allocatedSize(), block.physicalSize(), block.uncompressedSize());
    }

    /** Returns the sum of both. */
    public Usage plus(Usage other) {
        return new Usage(allocated + other.allocated, compressed + other.compressed, uncompressed + other.uncompressed);
    }
}
