package dev.firstboot.zfs.poolimage.object;

import dev.firstboot.zfs.poolimage.format.BlockPointer;
import java.util.Collections;
import java.util.List;

/**
 * Where an object's blocks are: the part of a dnode that a {@link BlockTree} fills in.
 *
 * @param blockSize the size of a data block in bytes, a multiple of 512
 * @param indirectShift the binary logarithm of the size of an indirect block
 * @param levels one if the pointers lead to data, one more for each level of indirect blocks
 * @param maxBlockId the number of the last data block
 * @param pointers {@code dn_blkptr}
 * @param usage the bytes of all blocks, including indirect ones
 */
public record Content(
        int blockSize, int indirectShift, int levels, long maxBlockId, List<BlockPointer> pointers, Usage usage) {
    /** {@code DN_MAX_INDBLKSHIFT}: indirect blocks of 128 KiB. */
    public static final int INDIRECT_SHIFT = 17;

    private static final int SMALLEST_BLOCK = 512;

    /** Copies the list. */
    public Content {
        pointers = List.copyOf(pointers);
    }

    /** Returns contents without blocks. */
    public static Content empty(int pointers) {
        return empty(pointers, SMALLEST_BLOCK);
    }

    /** Returns contents without blocks, with a size for later ones. */
    public static Content empty(int pointers, int blockSize) {
        return new Content(
                blockSize, INDIRECT_SHIFT, 1, 0, Collections.nCopies(pointers, BlockPointer.HOLE), Usage.NONE);
    }
}
