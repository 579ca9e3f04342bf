package dev.firstboot.zfs.poolimage.object;

import dev.firstboot.zfs.poolimage.format.BlockPointer;

/**
 * Bytes taken by a set of blocks.
 *
 * @param allocated on disk, all copies together
 * @param compressed one copy, as stored
 * @param uncompressed one copy, before compression
 */
public record Usage(long allocated, long compressed, long uncompressed) {
    /** Nothing. */
    public static final Usage NONE = new Usage(0, 0, 0);

    /** What one block takes. */
    public static Usage of(BlockPointer block) {
        return new Usage(block.allocatedSize(), block.physicalSize(), block.uncompressedSize());
    }

    /** Both together. */
    public Usage plus(Usage other) {
        return new Usage(allocated + other.allocated, compressed + other.compressed, uncompressed + other.uncompressed);
    }
}
