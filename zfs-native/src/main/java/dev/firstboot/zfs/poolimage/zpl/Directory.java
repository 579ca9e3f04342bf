package dev.firstboot.zfs.poolimage.zpl;

import dev.firstboot.zfs.poolimage.tree.FileType;
import dev.firstboot.zfs.poolimage.tree.TreeEntry;
import dev.firstboot.zfs.poolimage.tree.TreePath;
import org.jspecify.annotations.Nullable;

/** A directory whose entries are still being added. Not thread-safe. */
final class Directory {
    /** About how many bytes of memory one takes besides its entries and extended attributes. */
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

    /** Creates a directory, new or read from the file. */
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

    /** Returns its entry without its path: in a deep tree, all the paths would take the square of its depth. */
    TreeEntry attributes() {
        return attributes;
    }

    void attributes(TreeEntry entry) {
        attributes = entry.toBuilder(TreePath.ROOT).build();
    }

    /** Returns how many directories are in it. */
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

    /** Returns the object and type of a name, as the directory stores them. */
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

    /** Adds another name for the object of an entry in this or another directory. */
    void add(String name, long entry) {
        entries.put(name, entry);
    }

    EntryTable entries() {
        return entries;
    }

    /** Returns its number of links: {@code .}, the parent's entry, and {@code ..} of each child. */
    long links() {
        return 2L + children;
    }

    /** Returns its number of entries, with {@code .} and {@code ..}. */
    long size() {
        return 2L + entries.size();
    }

    /** Returns about how many bytes of memory it takes. */
    long memory() {
        long memory = FIXED + entries.memory();
        for (byte[] value : attributes.attributes().values()) {
            memory += value.length;
        }
        return memory;
    }
}
