package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import org.jspecify.annotations.Nullable;

/** A directory while its entries are still coming. Not thread-safe. */
final class Directory {
    /** About what one takes in memory beside its entries and extended attributes. */
    private static final int FIXED = 700;

    private static final int TYPE_SHIFT = 60;
    private static final long OBJECT_MASK = (1L << 48) - 1;

    private final long object;
    private final long parent;
    private final EntryTable entries;
    private int children;
    private TreeEntry attributes;

    Directory(long object, long parent, TreeEntry attributes) {
        this(object, parent, attributes, 0, new EntryTable());
    }

    /** One that was put away, or a new one. */
    Directory(long object, long parent, TreeEntry attributes, int children, EntryTable entries) {
        this.object = object;
        this.parent = parent;
        this.attributes = attributes;
        this.children = children;
        this.entries = entries;
    }

    long object() {
        return object;
    }

    long parent() {
        return parent;
    }

    /** What was told of it, but its path, of which all in a deep tree would take the square of its depth. */
    TreeEntry attributes() {
        return attributes;
    }

    void attributes(TreeEntry entry) {
        attributes = entry.toBuilder(TreePath.ROOT).build();
    }

    /** Directories in it. */
    int children() {
        return children;
    }

    /** Adds an entry: {@code ZFS_DIRENT_MAKE}. */
    void add(String name, FileType type, long target) {
        if (type == FileType.DIRECTORY) {
            children++;
        }
        entries.put(name, (long) type.directoryType() << TYPE_SHIFT | target);
    }

    /** The object and type behind a name, as the directory stores them. */
    @Nullable
    Long entry(String name) {
        return entries.get(name);
    }

    static long objectOf(long entry) {
        return entry & OBJECT_MASK;
    }

    static boolean isDirectory(long entry) {
        return entry >>> TYPE_SHIFT == FileType.DIRECTORY.directoryType();
    }

    /** Adds another name for what an entry of this or another directory names. */
    void add(String name, long entry) {
        entries.put(name, entry);
    }

    EntryTable entries() {
        return entries;
    }

    /** {@code .} and the parent's entry, and {@code ..} of each child. */
    long links() {
        return 2L + children;
    }

    /** Entries, with {@code .} and {@code ..}. */
    long size() {
        return 2L + entries.size();
    }

    /** About how many bytes of memory it takes. */
    long memory() {
        long memory = FIXED + entries.memory();
        for (byte[] value : attributes.attributes().values()) {
            memory += value.length;
        }
        return memory;
    }
}
