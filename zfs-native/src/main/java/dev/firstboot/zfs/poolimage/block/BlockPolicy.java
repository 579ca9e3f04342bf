package dev.firstboot.zfs.poolimage.block;

import dev.firstboot.zfs.poolimage.format.BlockCompression;
import dev.firstboot.zfs.poolimage.format.ChecksumType;
import dev.firstboot.zfs.poolimage.format.ObjectType;

/**
 * How the blocks of one object set are written: {@code dmu_write_policy} in {@code module/zfs/dmu.c}.
 *
 * @param data the compression of file contents; metadata is always LZ4
 * @param checksum the checksum of all blocks
 * @param copies the copies of file contents
 * @param birth the transaction group that writes the blocks
 */
public record BlockPolicy(BlockCompression data, ChecksumType checksum, int copies, long birth) {
    /** Returns how many times a block is stored. */
    public int copiesOf(ObjectType type, int level) {
        return Math.min(SpaceAllocator.MAX_COPIES, isMetadata(type, level) ? copies + 1 : copies);
    }

    BlockCompression compressionOf(ObjectType type, int level) {
        return isMetadata(type, level) ? BlockCompression.LZ4 : data;
    }

    private static boolean isMetadata(ObjectType type, int level) {
        return level > 0 || type.isMetadata();
    }
}
