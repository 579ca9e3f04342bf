package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import java.util.Collection;
import java.util.Map;
import jnr.ffi.Pointer;

/** The functions of libzfs_core for bookmarks. Names are checked by the caller. */
public final class BookmarkCalls {
    private BookmarkCalls() {}

    /** {@code lzc_bookmark}. Maps each new bookmark to the snapshot or bookmark that it is made from. */
    public static void bookmark(Map<String, String> sources) {
        NvListBuilder list = NvList.builder();
        sources.forEach(list::addString);
        Calls.batch(
                "lzc_bookmark",
                SnapshotCalls.subject(sources.keySet()),
                (library, scope, errors) -> library.lzc_bookmark(scope.list(list.build()), errors));
    }

    /** {@code lzc_get_bookmarks}. Returns the requested properties by short name. */
    public static NvList bookmarks(String dataset, Collection<String> properties) {
        return Calls.list(
                "lzc_get_bookmarks",
                dataset,
                (library, scope, out) -> library.lzc_get_bookmarks(
                        scope.string(dataset), scope.list(SnapshotCalls.flags(properties)), out));
    }

    /** Returns whether a filesystem or volume of this name exists: {@code lzc_get_bookmarks}, which does not open it, unlike {@code lzc_exists}. */
    static boolean canHave(String dataset) {
        try (Scope scope = new Scope()) {
            Pointer out = scope.out();
            int error = Calls.run(
                    "lzc_get_bookmarks",
                    (library, inner) ->
                            library.lzc_get_bookmarks(inner.string(dataset), inner.list(NvList.empty()), out),
                    scope);
            scope.taken(out);
            return error == 0;
        }
    }

    /** {@code lzc_get_bookmark_props}. */
    public static NvList properties(String bookmark) {
        return Calls.list(
                "lzc_get_bookmark_props",
                bookmark,
                (library, scope, out) -> library.lzc_get_bookmark_props(scope.string(bookmark), out));
    }

    /** {@code lzc_destroy_bookmarks}. */
    public static void destroy(Collection<String> bookmarks) {
        Calls.batch(
                "lzc_destroy_bookmarks",
                SnapshotCalls.subject(bookmarks),
                (library, scope, errors) ->
                        library.lzc_destroy_bookmarks(scope.list(SnapshotCalls.flags(bookmarks)), errors));
    }
}
