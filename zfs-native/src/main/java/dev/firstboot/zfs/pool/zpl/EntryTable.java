package dev.firstboot.zfs.pool.zpl;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The names in a directory and a number for each, in the order of their coming; about thirty bytes an entry, where maps take five times
 * that. Not thread-safe.
 */
final class EntryTable {
    private static final int SMALLEST = 4;

    /** Other ones in each run, so that nobody can make up names that share a place. They change no byte of an image. */
    private static final long SEED = new SecureRandom().nextLong();

    private static final long FACTOR = new SecureRandom().nextLong() | 1;

    /** One after the other: the length of a name, the name, the number. */
    private byte[] entries = new byte[64];

    private int end;
    private int count;

    /** Where an entry starts, plus one, at its name's hash or the next free place. */
    private int[] slots = new int[SMALLEST];

    /** A table of the entries that {@link #bytes} gave. */
    static EntryTable of(byte[] bytes) {
        EntryTable table = new EntryTable();
        table.entries = bytes;
        table.end = bytes.length;
        for (int entry = 0; entry < table.end; entry = table.numberAt(entry) + Long.BYTES) {
            table.count++;
        }
        int slots = SMALLEST;
        while (table.isFull(slots)) {
            slots *= 2;
        }
        table.placeAll(slots);
        return table;
    }

    /** All entries as bytes. */
    byte[] bytes() {
        return Arrays.copyOf(entries, end);
    }

    /** Bytes of memory that it takes. */
    long memory() {
        return entries.length + (long) Integer.BYTES * slots.length;
    }

    /** Sees each entry. */
    interface Visitor {
        void visit(byte[] name, long number);
    }

    int size() {
        return count;
    }

    @Nullable
    Long get(String name) {
        int at = find(bytes(name));
        return at < 0 ? null : ByteBuffer.wrap(entries).getLong(numberAt(at));
    }

    /** Adds a name, or gives one that is there another number. */
    void put(String name, long number) {
        byte[] bytes = bytes(name);
        int at = find(bytes);
        if (at < 0) {
            at = add(bytes);
        }
        ByteBuffer.wrap(entries).putLong(numberAt(at), number);
    }

    void forEach(Visitor visitor) {
        ByteBuffer buffer = ByteBuffer.wrap(entries);
        for (int at = 0; at < end; at = numberAt(at) + Long.BYTES) {
            visitor.visit(Arrays.copyOfRange(entries, at + 1, numberAt(at)), buffer.getLong(numberAt(at)));
        }
    }

    private int add(byte[] name) {
        int size = 1 + name.length + Long.BYTES;
        if (entries.length < end + size) {
            entries = Arrays.copyOf(entries, Math.max(end + size, entries.length + (entries.length >> 1)));
        }
        int at = end;
        entries[at] = (byte) name.length;
        System.arraycopy(name, 0, entries, at + 1, name.length);
        end += size;
        count++;
        if (isFull(slots.length)) {
            placeAll(slots.length * 2);
        } else {
            place(name, at);
        }
        return at;
    }

    private boolean isFull(int places) {
        return count * 4L > places * 3L;
    }

    private void placeAll(int places) {
        slots = new int[places];
        for (int entry = 0; entry < end; entry = numberAt(entry) + Long.BYTES) {
            place(Arrays.copyOfRange(entries, entry + 1, numberAt(entry)), entry);
        }
    }

    private void place(byte[] name, int entry) {
        int slot = slotOf(name);
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = entry + 1;
    }

    private int find(byte[] name) {
        for (int slot = slotOf(name); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
            int at = slots[slot] - 1;
            if (Arrays.equals(entries, at + 1, numberAt(at), name, 0, name.length)) {
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
        return (int) (hash >>> 32) & slots.length - 1;
    }

    private int numberAt(int entry) {
        return entry + 1 + (entries[entry] & 0xff);
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }
}
