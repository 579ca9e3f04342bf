package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.BookmarkCalls;
import dev.firstboot.zfs.internal.name.ZfsNames;
import dev.firstboot.zfs.property.Properties;
import java.util.List;
import java.util.Map;

/**
 * A handle to a bookmark that may not exist. An incremental stream can start from a bookmark after its snapshot was destroyed. Immutable and thread-safe; equal by
 * name.
 */
public final class Bookmark {
    private final Zfs zfs;
    private final String name;

    Bookmark(Zfs zfs, String name) {
        this.zfs = zfs;
        this.name = name;
    }

    /** Returns its full name, {@code DATASET#BOOKMARK}. */
    public String name() {
        return name;
    }

    /** Returns the dataset that it belongs to. */
    public Dataset dataset() {
        return zfs.dataset(ZfsNames.before(name, '#'));
    }

    /** Creates a second bookmark of the same snapshot, in the same dataset: {@code lzc_bookmark}. Takes the full name. */
    public Bookmark copyTo(String bookmark) {
        zfs.batch().bookmark(Map.of(bookmark, name));
        return zfs.bookmark(bookmark);
    }

    /** Returns its current properties, among them {@code guid} and {@code createtxg}: {@code lzc_get_bookmark_props}. */
    public Properties properties() {
        zfs.check();
        return new Properties(name, zfs.version(), BookmarkCalls.properties(name));
    }

    /** Destroys it, if it exists: {@code lzc_destroy_bookmarks}. */
    public void destroy() {
        zfs.batch().destroyBookmarks(List.of(name));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bookmark that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
