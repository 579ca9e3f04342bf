package dev.firstboot.zfs.poolimage.object;

import dev.firstboot.zfs.poolimage.block.BlockPolicy;
import dev.firstboot.zfs.poolimage.block.BlockQueue;
import dev.firstboot.zfs.poolimage.block.BlockWriter;
import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.format.BlockPointer.Identity;
import dev.firstboot.zfs.poolimage.format.BlockPointer.Room;
import dev.firstboot.zfs.poolimage.format.DatasetFeature;
import dev.firstboot.zfs.poolimage.format.ObjectType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** A set of objects that is being written. Allocates their numbers, writes contents at once, and keeps dnodes until the end. Not thread-safe. */
public final class ObjectSet {
    /** {@code DNODE_BLOCK_SIZE}. */
    static final int DNODE_BLOCK_SIZE = 16 << 10;

    static final int DNODES_PER_BLOCK = DNODE_BLOCK_SIZE / Dnode.SIZE;

    /** {@code SPA_OLD_MAXBLOCKSIZE}: larger blocks are a feature. */
    private static final int OLD_MAX_BLOCK = 128 << 10;

    private final BlockWriter writer;
    private final BlockPolicy policy;
    private final DnodeTable dnodes;
    private Usage usage = Usage.NONE;
    private long nextObject = 1;
    private boolean accounted;
    private final Set<DatasetFeature> features = EnumSet.noneOf(DatasetFeature.class);

    /** Starts an empty set. */
    public ObjectSet(BlockWriter writer, BlockPolicy policy) {
        this.writer = writer;
        this.policy = policy;
        this.dnodes = new DnodeTable(writer.file());
    }

    /** Returns the next free object number. */
    public long allocate() {
        return nextObject++;
    }

    /** Writes an object's contents, given as a whole, in blocks of {@code blockSize}; at least one block. */
    public Content writeContent(ObjectType type, byte[] content, int blockSize, int pointers) throws IOException {
        int blocks = (content.length + blockSize - 1) / blockSize;
        BlockTree tree = tree(type, blockSize, blocks, pointers);
        for (int block = 0; block < blocks; block++) {
            int from = block * blockSize;
            tree.write(Arrays.copyOfRange(content, from, from + blockSize), blockSize);
        }
        return tree.finish();
    }

    /** Returns a tree for an object whose blocks are written one by one. */
    public BlockTree tree(ObjectType type, int blockSize, long blocks, int pointers) {
        if (blockSize > OLD_MAX_BLOCK) {
            features.add(DatasetFeature.LARGE_BLOCKS);
        }
        return new BlockTree(writer, policy, type, blockSize, blocks, pointers, features);
    }

    /** Returns a file without a name, for data that does not fit into memory while the set is written. */
    public FileChannel scratch() throws IOException {
        return writer.file().scratch();
    }

    /** Returns the queue that runs actions in the order of the data blocks. */
    public BlockQueue queue() {
        return writer.queue();
    }

    /** Writes a block of attributes that do not fit into a dnode. */
    public BlockPointer writeSpill(byte[] data) throws IOException {
        return writer.write(data, data.length, ObjectType.SA, 0, 1, policy);
    }

    /** Sets or replaces an object's dnode; returns how many bytes its blocks take. */
    public long put(long object, Dnode dnode) throws IOException {
        byte[] bytes = dnode.toBytes();
        if (accounted) {
            Dnode.markAccounted(bytes);
        }
        dnodes.put(object, bytes);
        usage = usage.plus(dnode.usage());
        return dnode.usage().allocated();
    }

    /** Turns on space accounting: every dnode is marked as counted. */
    public void keepAccounts() {
        accounted = true;
        features.add(DatasetFeature.USEROBJ_ACCOUNTING);
        features.add(DatasetFeature.PROJECT_QUOTA);
    }

    /** Changes attributes in an object's bonus buffer: gets the buffer and where in it they start. */
    public interface BonusChange {
        /** Changes the bytes from {@code at} on. */
        void apply(ByteBuffer bonus, int at);
    }

    /** Changes the attributes of an object whose dnode was set before. */
    public void updateBonus(long object, BonusChange change) throws IOException {
        dnodes.update(object, change);
    }

    /** Reserves space for a block of an object's contents whose bytes are not known yet. */
    public Room reserve(ObjectType type, int size) {
        return writer.reserve(size, policy.copiesOf(type, 0));
    }

    /** Writes the only block of an object's contents into reserved space. */
    public Content writeReserved(Room room, ObjectType type, byte[] block, int pointers) throws IOException {
        BlockTree tree = tree(type, block.length, 1, pointers);
        tree.add(writer.writeReserved(room, block, new Identity(type, 0, policy.birth(), 1)));
        return tree.finish();
    }

    /** Allocates a number and sets its dnode. */
    public long add(Dnode dnode) throws IOException {
        long object = allocate();
        put(object, dnode);
        return object;
    }

    /** Returns the pool features that its contents need. */
    Set<DatasetFeature> features() {
        return features;
    }

    long lastObject() {
        return nextObject - 1;
    }

    DnodeTable dnodes() {
        return dnodes;
    }

    BlockWriter writer() {
        return writer;
    }

    BlockPolicy policy() {
        return policy;
    }

    /** Returns the bytes of the contents of all objects so far, without the dnodes themselves. */
    public Usage contentUsage() {
        return usage;
    }
}
