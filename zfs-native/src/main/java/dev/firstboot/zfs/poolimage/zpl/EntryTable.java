package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.poolimage.tree.MalformedTreeException;
import dev.firstboot.zfs.poolimage.zap.NameTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The names in a directory with a number for each, in the order in which they were added. Takes about 30 bytes for each entry; a map would take five times as
 * much. Not thread-safe.
 */
final class EntryTable implements NameTable {
    private static final int SMALLEST = 4;

    /** Entries are in parts of 256 KiB, so that a large table grows without a copy. No entry is in two parts. */
    private static final int PART_SHIFT = 18;

    private static final int PART = 1 << PART_SHIFT;

    /** Different in each run, so that nobody can choose names that share a slot. Do not change the image. */
    private static final long SEED = new SecureRandom().nextLong();

    private static final long FACTOR = new SecureRandom().nextLong() | 1;

    /** Entries one after the other: the length of the name, the name, the number. After a length of zero, or the end of a part, comes the next part. */
    private byte[][] parts = {new byte[64]};

    private int partCount = 1;

    /** Where the next entry starts in the last part. */
    private int end;

    private int count;

    /** Where an entry starts, plus one, in the slot of its name's hash or the next free slot. */
    private int[] slots = new int[SMALLEST];

    /** Reads the entries that {@link #writeTo} wrote. */
    static EntryTable readFrom(DataInput in) throws IOException {
        EntryTable table = new EntryTable();
        int left = in.readInt();
        int places = SMALLEST;
        while (left * 4L > places * 3L) {
            places *= 2;
        }
        table.slots = new int[places];
        for (; left > 0; left--) {
            byte[] name = new byte[in.readUnsignedByte()];
            in.readFully(name);
            table.setNumber(table.add(name), in.readLong());
        }
        return table;
    }

    /** Writes all entries. */
    void writeTo(DataOutput out) throws IOException {
        out.writeInt(count);
        for (int at = first(); at >= 0; at = next(at)) {
            out.write(part(at), inPart(at), size(at));
        }
    }

    /** Returns how many bytes of memory it takes. */
    long memory() {
        return (long) PART * (partCount - 1) + parts[partCount - 1].length + (long) Integer.BYTES * slots.length;
    }

    @Override
    public int size() {
        return count;
    }

    @Nullable
    Long get(String name) {
        int at = find(bytes(name));
        return at < 0 ? null : number(at);
    }

    /** Adds a name, or sets the number of an existing one. */
    void put(String name, long number) {
        byte[] bytes = bytes(name);
        int at = find(bytes);
        setNumber(at < 0 ? add(bytes) : at, number);
    }

    @Override
    public void forEachPlace(IntConsumer visitor) {
        for (int at = first(); at >= 0; at = next(at)) {
            visitor.accept(at);
        }
    }

    @Override
    public byte[] name(int at) {
        return Arrays.copyOfRange(part(at), inPart(at) + 1, inPart(at) + 1 + nameLength(at));
    }

    @Override
    public long number(int at) {
        return ByteBuffer.wrap(part(at)).getLong(inPart(at) + 1 + nameLength(at));
    }

    private void setNumber(int at, long number) {
        ByteBuffer.wrap(part(at)).putLong(inPart(at) + 1 + nameLength(at), number);
    }

    private static int place(int part, int inPart) {
        return part << PART_SHIFT | inPart;
    }

    private byte[] part(int at) {
        return parts[at >>> PART_SHIFT];
    }

    private static int inPart(int at) {
        return at & (PART - 1);
    }

    private int nameLength(int at) {
        return part(at)[inPart(at)] & 0xff;
    }

    private int size(int at) {
        return 1 + nameLength(at) + Long.BYTES;
    }

    private int first() {
        return count == 0 ? -1 : 0;
    }

    /** Returns where the entry after this one starts; -1 if there is none. */
    private int next(int at) {
        int part = at >>> PART_SHIFT;
        int next = inPart(at) + size(at);
        if (part == partCount - 1) {
            return next < end ? place(part, next) : -1;
        }
        boolean more = next < parts[part].length && parts[part][next] != 0;
        return more ? place(part, next) : place(part + 1, 0);
    }

    private int add(byte[] name) {
        makeRoom(1 + name.length + Long.BYTES);
        byte[] part = parts[partCount - 1];
        int at = place(partCount - 1, end);
        part[end] = (byte) name.length;
        System.arraycopy(name, 0, part, end + 1, name.length);
        end += 1 + name.length + Long.BYTES;
        count++;
        if (isFull(slots.length)) {
            placeAll(slots.length * 2);
        } else {
            place(name, at);
        }
        return at;
    }

    private void makeRoom(int size) {
        byte[] part = parts[partCount - 1];
        if (end + size > PART) {
            if (partCount == Integer.MAX_VALUE >>> PART_SHIFT) {
                throw new MalformedTreeException("a directory has more than " + count + " names, 2 GiB of them");
            }
            if (partCount == parts.length) {
                parts = Arrays.copyOf(parts, 2 * partCount);
            }
            parts[partCount++] = new byte[PART];
            end = 0;
        } else if (end + size > part.length) {
            int more = Math.max(end + size, part.length + (part.length >> 1));
            parts[partCount - 1] = Arrays.copyOf(part, Math.min(PART, more));
        }
    }

    private boolean isFull(int places) {
        return count * 4L > places * 3L;
    }

    private void placeAll(int places) {
        slots = new int[places];
        forEachPlace(at -> place(name(at), at));
    }

    private void place(byte[] name, int entry) {
        int slot = slotOf(name);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = entry + 1;
    }

    private int find(byte[] name) {
        for (int slot = slotOf(name); slots[slot] != 0; slot = (slot + 1) & (slots.length - 1)) {
            int at = slots[slot] - 1;
            int start = inPart(at) + 1;
            if (Arrays.equals(part(at), start, start + nameLength(at), name, 0, name.length)) {
                return at;
            }
        }
        return -1;
    }

    private int slotOf(byte[] name) {
        long hash = SEED;
        for (byte b : name) {
            hash = Long.rotateLeft(hash ^ b, 23) * FACTOR;
        }
        return (int) (hash >>> 32) & (slots.length - 1);
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }
}
