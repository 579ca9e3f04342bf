package dev.firstboot.zfs.poolimage.object;

import dev.firstboot.zfs.poolimage.block.BlockWriter;
import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.format.BlockPointer.Identity;
import dev.firstboot.zfs.poolimage.format.BlockPointer.Room;
import dev.firstboot.zfs.poolimage.format.ObjectType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The end of the meta object set. Its place must be known before its bytes: it contains the space maps, which also record where it is itself.
 *
 * <p>Reserves space for everything without compression, then the space maps are made, then everything is written. Indirect blocks have the small size of early
 * ZFS (16 KiB), because these are not compressed.
 */
public final class ReservedMetaDnode {
    /** {@code DMU_OST_META}. */
    private static final int META = 1;

    private static final int POINTERS = 3;
    private static final int INDIRECT_SHIFT = 14;
    private static final int FAN_OUT = 1 << (INDIRECT_SHIFT - 7);

    private final ObjectSet set;
    private final List<List<Room>> levels = new ArrayList<>();
    private final Room header;

    /** Reserves space for the dnodes of every object allocated so far, and for the root of the set. */
    public ReservedMetaDnode(ObjectSet set) throws IOException {
        this.set = set;
        set.dnodes().ensure(set.lastObject());
        int blocks = set.dnodes().blockCount();
        levels.add(reserve(blocks, ObjectSet.DNODE_BLOCK_SIZE, ObjectType.DNODE, 0));
        for (int level = 1; blocks > POINTERS; level++) {
            blocks = (blocks + FAN_OUT - 1) / FAN_OUT;
            levels.add(reserve(blocks, 1 << INDIRECT_SHIFT, ObjectType.DNODE, level));
        }
        header = reserve(1, ObjectSetHeader.SIZE, ObjectType.OBJSET, 0).get(0);
    }

    private List<Room> reserve(int blocks, int size, ObjectType type, int level) {
        List<Room> rooms = new ArrayList<>(blocks);
        for (int block = 0; block < blocks; block++) {
            rooms.add(set.writer().reserve(size, set.policy().copiesOf(type, level)));
        }
        return rooms;
    }

    /** Returns the bytes of the dnodes and the root. */
    public Usage usage() {
        long dnodes = 0;
        long single = 0;
        for (List<Room> level : levels) {
            for (Room room : level) {
                dnodes += room.allocatedSize();
                single += room.size();
            }
        }
        return new Usage(dnodes + header.allocatedSize(), single + header.size(), single + header.size());
    }

    /** Writes the dnodes and the root. No object may have been allocated since the space was reserved. */
    public BlockPointer write() throws IOException {
        BlockWriter writer = set.writer();
        long birth = set.policy().birth();
        DnodeTable dnodes = set.dnodes();
        List<BlockPointer> pointers = new ArrayList<>();
        for (int block = 0; block < dnodes.blockCount(); block++) {
            Identity identity = new Identity(ObjectType.DNODE, 0, birth, dnodes.fill(block));
            pointers.add(writer.writeReserved(levels.get(0).get(block), dnodes.block(block), identity));
        }
        for (int level = 1; level < levels.size(); level++) {
            pointers = writeLevel(level, pointers);
        }
        byte[] bytes = ObjectSetHeader.of(META, content(pointers));
        return writer.writeReserved(header, bytes, new Identity(ObjectType.OBJSET, 0, birth, dnodes.objects()));
    }

    private List<BlockPointer> writeLevel(int level, List<BlockPointer> below) throws IOException {
        List<BlockPointer> pointers = new ArrayList<>();
        for (int from = 0; from < below.size(); from += FAN_OUT) {
            List<BlockPointer> part = below.subList(from, Math.min(below.size(), from + FAN_OUT));
            ByteBuffer block = ByteBuffer.allocate(1 << INDIRECT_SHIFT).order(ByteOrder.LITTLE_ENDIAN);
            long fill = 0;
            for (int i = 0; i < part.size(); i++) {
                part.get(i).writeTo(block, i * BlockPointer.SIZE);
                fill += part.get(i).fill();
            }
            Identity identity =
                    new Identity(ObjectType.DNODE, level, set.policy().birth(), fill);
            pointers.add(set.writer().writeReserved(levels.get(level).get(from / FAN_OUT), block.array(), identity));
        }
        return pointers;
    }

    private Content content(List<BlockPointer> top) {
        List<BlockPointer> pointers = new ArrayList<>(top);
        while (pointers.size() < POINTERS) {
            pointers.add(BlockPointer.HOLE);
        }
        long allocated = usage().allocated() - header.allocatedSize();
        return new Content(
                ObjectSet.DNODE_BLOCK_SIZE,
                INDIRECT_SHIFT,
                levels.size(),
                set.dnodes().blockCount() - 1L,
                pointers,
                new Usage(allocated, allocated, allocated));
    }
}
