package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.BookmarkCalls;
import dev.firstboot.zfs.internal.name.ZfsNames;
import dev.firstboot.zfs.property.Properties;
import java.util.List;
import java.util.Map;

/** A bookmark, there or not: a point that an incremental stream can start from when its snapshot is gone. Immutable, thread-safe; equal by name. */
public final class Bookmark {
    private final Zfs zfs;
    private final String name;

    Bookmark(Zfs zfs, String name) {
        this.zfs = zfs;
        this.name = name;
    }

    /** Its full name, {@code DATASET#BOOKMARK}. */
    public String name() {
        return name;
    }

    /** The dataset it is of. */
    public Dataset dataset() {
        return zfs.dataset(ZfsNames.before(name, '#'));
    }

    /** Makes another of it, of the same dataset: {@code lzc_bookmark}. */
    public Bookmark copyTo(String bookmark) {
        zfs.batch().bookmark(Map.of(bookmark, name));
        return zfs.bookmark(bookmark);
    }

    /** Its properties, {@code guid} and {@code createtxg} among them: {@code lzc_get_bookmark_props}. */
    public Properties properties() {
        zfs.check();
        return new Properties(name, zfs.version(), BookmarkCalls.properties(name));
    }

    /** Destroys it; no error if it is not there: {@code lzc_destroy_bookmarks}. */
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
