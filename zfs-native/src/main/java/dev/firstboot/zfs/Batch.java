package dev.firstboot.zfs;

import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.internal.ffi.BookmarkCalls;
import dev.firstboot.zfs.internal.ffi.SnapshotCalls;
import dev.firstboot.zfs.internal.name.ZfsNames;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Operations on many snapshots or bookmarks of one pool at a time: all of them, or none. What fails tells of each item that stood in the way. Thread-safe.
 */
public final class Batch {
    private final Zfs zfs;

    Batch(Zfs zfs) {
        this.zfs = zfs;
    }

    /** Destroys snapshots; those that are not there are passed over: {@code lzc_destroy_snaps}. */
    public void destroy(Collection<String> snapshots) {
        zfs.check();
        snapshots.forEach(ZfsNames::snapshot);
        SnapshotCalls.destroy(snapshots, false);
    }

    /** Destroys snapshots as soon as no hold and no clone is left of them: {@code lzc_destroy_snaps} with {@code defer}. */
    public void destroyDeferred(Collection<String> snapshots) {
        zfs.check();
        snapshots.forEach(ZfsNames::snapshot);
        SnapshotCalls.destroy(snapshots, true);
    }

    /**
     * Makes bookmarks: {@code lzc_bookmark}.
     *
     * @param sources the snapshot or bookmark that each is made of, by the bookmark's name
     */
    public void bookmark(Map<String, String> sources) {
        zfs.check();
        sources.forEach((bookmark, source) -> {
            ZfsNames.bookmark(bookmark);
            ZfsNames.snapshotOrBookmark(source);
        });
        BookmarkCalls.bookmark(sources);
    }

    /** Destroys bookmarks; those that are not there are passed over: {@code lzc_destroy_bookmarks}. */
    public void destroyBookmarks(Collection<String> bookmarks) {
        zfs.check();
        bookmarks.forEach(ZfsNames::bookmark);
        BookmarkCalls.destroy(bookmarks);
    }

    /**
     * Holds snapshots until they are released: {@code lzc_hold}.
     *
     * @param tags the tag to hold each with, by the snapshot's name
     * @return the snapshots that are not there, which does not keep the others from being held
     */
    public List<ItemFailure> hold(Map<String, String> tags) {
        zfs.check();
        return SnapshotCalls.hold(checked(tags), SnapshotCalls.NONE);
    }

    /**
     * Releases holds: {@code lzc_release}.
     *
     * @param tags the tags to release, by the snapshot's name
     * @return the snapshots and tags that are not there, which does not keep the others from being released
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
