package dev.firstboot.zfs.pool.zpl;

import dev.firstboot.zfs.pool.tree.FileType;
import dev.firstboot.zfs.pool.tree.TreeEntry;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A directory while its entries are still coming. Not thread-safe. */
final class Directory {
    private static final int TYPE_SHIFT = 60;
    private static final long OBJECT_MASK = (1L << 48) - 1;

    private final long object;
    private final long parent;
    private final EntryTable entries = new EntryTable();
    private Map<String, Directory> children = Map.of();
    private TreeEntry attributes;

    Directory(long object, long parent, TreeEntry attributes) {
        this.object = object;
        this.parent = parent;
        this.attributes = attributes;
    }

    long object() {
        return object;
    }

    long parent() {
        return parent;
    }

    TreeEntry attributes() {
        return attributes;
    }

    void attributes(TreeEntry entry) {
        attributes = entry;
    }

    @Nullable
    Directory child(String name) {
        return children.get(name);
    }

    boolean has(String name) {
        return entries.get(name) != null;
    }

    void add(String name, Directory child) {
        if (children.isEmpty()) {
            children = new LinkedHashMap<>();
        }
        children.put(name, child);
        add(name, FileType.DIRECTORY, child.object);
    }

    /** Adds an entry: {@code ZFS_DIRENT_MAKE}. */
    void add(String name, FileType type, long target) {
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

    Iterable<Directory> children() {
        return children.values();
    }

    /** {@code .} and the parent's entry, and {@code ..} of each child. */
    long links() {
        return 2L + children.size();
    }

    /** Entries, with {@code .} and {@code ..}. */
    long size() {
        return 2L + entries.size();
    }
}
