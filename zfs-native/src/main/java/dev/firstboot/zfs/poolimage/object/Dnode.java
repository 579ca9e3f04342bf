package dev.firstboot.zfs.poolimage.object;

import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.format.ObjectType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** One object: {@code dnode_phys_t} in {@code include/sys/dnode.h}, 512 bytes. Immutable. */
public final class Dnode {
    /** {@code DNODE_MIN_SIZE}. */
    public static final int SIZE = 512;

    /** {@code DN_OLD_MAX_BONUSLEN}: room for attributes besides one block pointer. */
    public static final int MAX_BONUS = 320;

    /** Room for attributes besides one block pointer and a spill pointer. */
    public static final int MAX_BONUS_WITH_SPILL = MAX_BONUS - BlockPointer.SIZE;

    private static final int BLOCK_POINTERS = 64;
    private static final int MAX_BLOCK_POINTERS = 3;
    private static final int SPILL = SIZE - BlockPointer.SIZE;
    private static final int USED_BYTES = 1;
    private static final int SPILL_BLKPTR = 1 << 2;

    /** {@code DNODE_FLAG_USERUSED_ACCOUNTED} and {@code DNODE_FLAG_USEROBJUSED_ACCOUNTED}. */
    private static final int ACCOUNTED = 1 << 1 | 1 << 3;

    private static final int FLAGS = 7;

    private final ObjectType type;
    private final ObjectType bonusType;
    private final byte[] bonus;
    private final Content content;
    private final Optional<BlockPointer> spill;

    /**
     * Creates an object with everything it can have.
     *
     * @param type the type of its contents
     * @param content where its blocks are
     * @param bonusType the type of the bonus buffer
     * @param bonus the bonus buffer: attributes in the dnode itself
     * @param spill the block for attributes that do not fit into the bonus buffer
     */
    public Dnode(ObjectType type, Content content, ObjectType bonusType, byte[] bonus, Optional<BlockPointer> spill) {
        this.type = type;
        this.content = content;
        this.bonusType = bonusType;
        this.bonus = bonus.clone();
        this.spill = spill;
    }

    /** Returns an object without attributes. */
    public static Dnode of(ObjectType type, Content content) {
        return of(type, content, ObjectType.NONE, new byte[0]);
    }

    /** Returns an object with attributes. */
    public static Dnode of(ObjectType type, Content content, ObjectType bonusType, byte[] bonus) {
        return new Dnode(type, content, bonusType, bonus, Optional.empty());
    }

    /** Returns how many block pointers fit into a dnode besides this bonus buffer: {@code dnode_allocate}. */
    public static int blockPointers(ObjectType bonusType, int bonusLength) {
        if (bonusType == ObjectType.SA) {
            return 1;
        }
        return Math.min(MAX_BLOCK_POINTERS, 1 + (MAX_BONUS - bonusLength) / BlockPointer.SIZE);
    }

    /** Returns the bytes of all its blocks. */
    Usage usage() {
        return spill.map(Usage::of).orElse(Usage.NONE).plus(content.usage());
    }

    /** Writes the 512 bytes. */
    public void writeTo(ByteBuffer target, int at) {
        List<BlockPointer> pointers = content.pointers();
        target.put(at, (byte) type.code());
        target.put(at + 1, (byte) content.indirectShift());
        target.put(at + 2, (byte) content.levels());
        target.put(at + 3, (byte) pointers.size());
        target.put(at + 4, (byte) bonusType.code());
        target.put(at + FLAGS, (byte) flags());
        target.putShort(at + 8, (short) (content.blockSize() >> 9));
        target.putShort(at + 10, (short) bonus.length);
        target.putLong(at + 16, content.maxBlockId());
        target.putLong(at + 24, usage().allocated());
        for (int i = 0; i < pointers.size(); i++) {
            pointers.get(i).writeTo(target, at + BLOCK_POINTERS + i * BlockPointer.SIZE);
        }
        target.put(at + BLOCK_POINTERS + pointers.size() * BlockPointer.SIZE, bonus);
        spill.ifPresent(pointer -> pointer.writeTo(target, at + SPILL));
    }

    /** Marks a dnode as counted in the accounts of its object set. */
    static void markAccounted(byte[] dnode) {
        dnode[FLAGS] |= ACCOUNTED;
    }

    /** Returns where the bonus buffer of a dnode at {@code at} starts: {@code DN_BONUS}. */
    static int bonusAt(byte[] block, int at) {
        return at + BLOCK_POINTERS + block[at + 3] * BlockPointer.SIZE;
    }

    /** Returns the 512 bytes. */
    public byte[] toBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);
        writeTo(buffer, 0);
        return buffer.array();
    }

    private int flags() {
        return USED_BYTES | (spill.isPresent() ? SPILL_BLKPTR : 0);
    }
}
