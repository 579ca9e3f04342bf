package dev.firstboot.zfs.poolimage.mos;

import dev.firstboot.zfs.poolimage.block.SpaceAllocator;
import dev.firstboot.zfs.poolimage.block.SpaceAllocator.Extent;
import dev.firstboot.zfs.poolimage.block.VdevGeometry;
import dev.firstboot.zfs.poolimage.format.BlockPointer.Room;
import dev.firstboot.zfs.poolimage.format.ObjectType;
import dev.firstboot.zfs.poolimage.object.Content;
import dev.firstboot.zfs.poolimage.object.Dnode;
import dev.firstboot.zfs.poolimage.object.ObjectSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The allocated space of each metaslab, and the table of metaslabs: {@code space_map_phys_t} in {@code include/sys/space_map.h}.
 *
 * <p>Space maps include their own blocks. So space for their blocks and all that follow is reserved first, and they are written when nothing more is allocated.
 */
final class SpaceMaps {
    private static final int SPARE_ENTRIES = 256;
    private static final int SMALLEST_BLOCK = 4096;
    private static final int LARGEST_BLOCK = 128 << 10;
    private static final int SECTOR = 512;
    private static final int LONGEST_RUN = 1 << 15;
    private static final int HISTOGRAM = 64;
    private static final int BUCKETS = 32;

    private final ObjectSet mos;
    private final SpaceAllocator space;
    private final VdevGeometry geometry;
    private final long array;
    private final long[] objects;
    private final @Nullable Room[] rooms;
    private final Room arrayRoom;

    SpaceMaps(ObjectSet mos, SpaceAllocator space, VdevGeometry geometry) {
        this.mos = mos;
        this.space = space;
        this.geometry = geometry;
        array = mos.allocate();
        objects = new long[geometry.metaslabCount()];
        for (int metaslab = 0; metaslab < objects.length; metaslab++) {
            objects[metaslab] = mos.allocate();
        }
        rooms = new Room[objects.length];
        arrayRoom = mos.reserve(ObjectType.OBJECT_ARRAY, arraySize());
    }

    /** Returns {@code metaslab_array} of the vdev's configuration. */
    long array() {
        return array;
    }

    private int arraySize() {
        return (objects.length * Long.BYTES + SECTOR - 1) / SECTOR * SECTOR;
    }

    /** Reserves space for the space maps themselves, until that uses no further metaslab. */
    void reserve() {
        boolean found;
        do {
            found = false;
            for (int metaslab = 0; metaslab < objects.length; metaslab++) {
                List<Extent> taken = space.allocatedIn(metaslab);
                if (rooms[metaslab] == null && !taken.isEmpty()) {
                    rooms[metaslab] = mos.reserve(ObjectType.SPACE_MAP, blockSize(taken));
                    found = true;
                }
            }
        } while (found);
    }

    private int blockSize(List<Extent> taken) {
        long bytes = (SPARE_ENTRIES + taken.stream().mapToLong(this::entries).sum()) * Long.BYTES;
        int size = SMALLEST_BLOCK;
        while (size < bytes) {
            size *= 2;
        }
        if (size > LARGEST_BLOCK) {
            throw new IllegalStateException("a space map of " + bytes + " bytes: the allocator scatters blocks");
        }
        return size;
    }

    private long entries(Extent extent) {
        return ((extent.size() >> geometry.ashift()) + LONGEST_RUN - 1) / LONGEST_RUN;
    }

    /** Returns how many metaslabs have a space map. */
    long count() {
        long count = 0;
        for (Room room : rooms) {
            count += room == null ? 0 : 1;
        }
        return count;
    }

    /** Returns how many bytes the space maps and the table take. */
    long reservedBytes() {
        long bytes = arrayRoom.allocatedSize();
        for (Room room : rooms) {
            bytes += room == null ? 0 : room.allocatedSize();
        }
        return bytes;
    }

    /** Writes all of them. Nothing may be allocated afterwards. */
    void write() throws IOException {
        byte[] bytes = new byte[arraySize()];
        ByteBuffer table = littleEndian(bytes);
        for (int metaslab = 0; metaslab < objects.length; metaslab++) {
            Room room = rooms[metaslab];
            if (room != null) {
                write(metaslab, room);
                table.putLong(metaslab * Long.BYTES, objects[metaslab]);
            }
        }
        Content content = mos.writeReserved(arrayRoom, ObjectType.OBJECT_ARRAY, bytes, 3);
        mos.put(array, Dnode.of(ObjectType.OBJECT_ARRAY, content));
    }

    private void write(int metaslab, Room room) throws IOException {
        byte[] entries = new byte[room.size()];
        ByteBuffer block = littleEndian(entries);
        long allocated = 0;
        for (Extent extent : space.allocatedIn(metaslab)) {
            allocated += extent.size();
            putRuns(block, extent);
        }
        byte[] bonus = new byte[Dnode.MAX_BONUS];
        ByteBuffer header = littleEndian(bonus);
        header.putLong(0, objects[metaslab]);
        header.putLong(8, block.position());
        header.putLong(16, allocated);
        for (Extent free : space.freeIn(metaslab)) {
            int bucket = Math.min(BUCKETS - 1, highestBit(free.size()) - geometry.ashift());
            int at = HISTOGRAM + bucket * Long.BYTES;
            header.putLong(at, header.getLong(at) + 1);
        }
        Content content = mos.writeReserved(room, ObjectType.SPACE_MAP, entries, 1);
        mos.put(objects[metaslab], Dnode.of(ObjectType.SPACE_MAP, content, ObjectType.SPACE_MAP_HEADER, bonus));
    }

    /** Writes entries of one word: offset and run, in sectors, and the bit for "allocated", which is zero. */
    private void putRuns(ByteBuffer block, Extent extent) {
        long sector = extent.start() >> geometry.ashift();
        long left = extent.size() >> geometry.ashift();
        while (left > 0) {
            long run = Math.min(left, LONGEST_RUN);
            block.putLong(sector << 16 | (run - 1));
            sector += run;
            left -= run;
        }
    }

    private static int highestBit(long value) {
        return Long.SIZE - 1 - Long.numberOfLeadingZeros(value);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
