package dev.firstboot.zfs.poolimage.zap;

import dev.firstboot.zfs.poolimage.format.ObjectType;
import dev.firstboot.zfs.poolimage.object.BlockTree;
import dev.firstboot.zfs.poolimage.object.Content;
import dev.firstboot.zfs.poolimage.object.Dnode;
import dev.firstboot.zfs.poolimage.object.ObjectSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table of names and values to be written as a ZAP object. Not thread-safe. */
public final class Zap {
    /** {@code MZAP_MAX_BLKSZ}: the one block of a micro ZAP. */
    private static final int MICRO_MAX = 128 << 10;

    /** {@code fzap_default_block_shift}: 16 KiB. */
    private static final int FAT_SHIFT = 14;

    private final long salt;
    private final List<ZapEntry> entries = new ArrayList<>();
    private final @Nullable NameTable names;

    /** Starts an empty table; its hash starts with {@code salt}, where 0 counts as 1. */
    public Zap(long salt) {
        this(salt, null);
    }

    private Zap(long salt, @Nullable NameTable names) {
        this.salt = salt == 0 ? 1 : salt;
        this.names = names;
    }

    /** Returns a table of the names in a {@link NameTable}; no name can be added. */
    public static Zap of(NameTable names, long salt) {
        return new Zap(salt, names);
    }

    /** Adds a number. */
    public Zap add(String name, long value) {
        return add(name.getBytes(StandardCharsets.UTF_8), value);
    }

    /** Adds a number; the name may have any bytes but zero. */
    public Zap add(byte[] name, long value) {
        return add(name, Long.BYTES, value);
    }

    /** Adds a string, stored as bytes with a final zero. */
    public Zap addString(String name, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        long[] integers = new long[bytes.length + 1];
        for (int i = 0; i < bytes.length; i++) {
            integers[i] = bytes[i] & 0xff;
        }
        return add(name.getBytes(StandardCharsets.UTF_8), 1, integers);
    }

    /** Adds an array of integers of {@code integerSize} bytes. */
    public Zap add(byte[] name, int integerSize, long... values) {
        entries.add(new ZapEntry(ZapHash.of(salt, name), 0, name, integerSize, values));
        return this;
    }

    /** Returns how many entries were added. */
    public int size() {
        return entries.size();
    }

    /** Writes the table as a new object without attributes; returns its number. */
    public long writeTo(ObjectSet set, ObjectType type) throws IOException {
        return writeTo(set, type, ObjectType.NONE, new byte[0]);
    }

    /** Writes the table as a new object with attributes; returns its number. */
    public long writeTo(ObjectSet set, ObjectType type, ObjectType bonusType, byte[] bonus) throws IOException {
        Content content = write(set, type, Dnode.blockPointers(bonusType, bonus.length));
        return set.add(Dnode.of(type, content, bonusType, bonus));
    }

    /** Writes the table's blocks, for an object with {@code pointers} block pointers. */
    public Content write(ObjectSet set, ObjectType type, int pointers) throws IOException {
        SortedEntries sorted = sorted();
        if (MicroZap.size(sorted.size()) <= MICRO_MAX && sorted.fitMicro()) {
            byte[] block = MicroZap.of(salt, sorted.entries(0, sorted.size()));
            return set.writeContent(type, block, block.length, pointers);
        }
        FatZap fat = new FatZap(FAT_SHIFT, salt, sorted);
        BlockTree tree = set.tree(type, 1 << FAT_SHIFT, fat.blocks(), pointers);
        fat.writeTo(block -> tree.write(block, 1 << FAT_SHIFT));
        return tree.finish();
    }

    /** Returns the one block of a table that is known to be small: for a table whose space is reserved before its values are known. */
    public byte[] microBlock() {
        SortedEntries sorted = sorted();
        return MicroZap.of(salt, sorted.entries(0, sorted.size()));
    }

    private SortedEntries sorted() {
        return names == null ? SortedEntries.of(entries) : SortedEntries.of(names, salt);
    }
}
