package dev.firstboot.zfs;

import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.internal.ffi.BookmarkCalls;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.internal.name.ZfsNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Destroys, bookmarks, holds or releases many snapshots or bookmarks of one pool in one call. Each call does everything or, if it throws, nothing; the exception
 * lists every item that failed. Thread-safe.
 */
public final class Batch {
    private final Zfs zfs;

    Batch(Zfs zfs) {
        this.zfs = zfs;
    }

    /** Destroys snapshots; skips those that do not exist: {@code lzc_destroy_snaps}. */
    public void destroy(Collection<String> snapshots) {
        zfs.check();
        snapshots.forEach(ZfsNames::snapshot);
        SnapshotCalls.destroy(snapshots, false);
    }

    /** Destroys each snapshot once it has no hold and no clone: {@code lzc_destroy_snaps} with {@code defer}. */
    public void destroyDeferred(Collection<String> snapshots) {
        zfs.check();
        snapshots.forEach(ZfsNames::snapshot);
        SnapshotCalls.destroy(snapshots, true);
    }

    /**
     * Creates bookmarks: {@code lzc_bookmark}.
     *
     * @param sources maps the full name of each new bookmark to the snapshot or bookmark that it is made from
     */
    public void bookmark(Map<String, String> sources) {
        zfs.check();
        sources.forEach((bookmark, source) -> {
            ZfsNames.bookmark(bookmark);
            ZfsNames.snapshotOrBookmark(source);
        });
        BookmarkCalls.bookmark(sources);
    }

    /** Destroys bookmarks; skips those that do not exist: {@code lzc_destroy_bookmarks}. */
    public void destroyBookmarks(Collection<String> bookmarks) {
        zfs.check();
        bookmarks.forEach(ZfsNames::bookmark);
        BookmarkCalls.destroy(bookmarks);
    }

    /**
     * Holds snapshots until they are released: {@code lzc_hold}.
     *
     * @param tags maps each snapshot's full name to the tag of its new hold
     * @return the snapshots that do not exist; the others are held
     */
    public List<ItemFailure> hold(Map<String, String> tags) {
        zfs.check();
        return SnapshotCalls.hold(checked(tags), SnapshotCalls.NONE);
    }

    /**
     * Releases holds: {@code lzc_release}.
     *
     * @param tags maps each snapshot's full name to the tags to release
     * @return the snapshots and tags that do not exist; the others are released
     */
    public List<ItemFailure> release(Map<String, ? extends Collection<String>> tags) {
        zfs.check();
        tags.forEach((snapshot, names) -> {
            ZfsNames.snapshot(snapshot);
            names.forEach(ZfsNames::tag);
        });
        return SnapshotCalls.release(tags);
    }

    static Map<String, String> checked(Map<String, String> tags) {
        tags.forEach((snapshot, tag) -> {
            ZfsNames.snapshot(snapshot);
            ZfsNames.tag(tag);
        });
        return tags;
    }
}
