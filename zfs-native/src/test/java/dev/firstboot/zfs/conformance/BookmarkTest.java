package dev.firstboot.zfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firstboot.zfs.Bookmark;
import dev.firstboot.zfs.Dataset;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.error.ZfsExistsException;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.internal.ffi.BookmarkCalls;
import dev.firstboot.zfs.live.PoolsTest;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code lzc_bookmark}, {@code lzc_get_bookmarks}, {@code lzc_destroy_bookmarks}. */
class BookmarkTest extends PoolsTest {
    private static void bookmark(Map<String, String> sources) {
        zfs().batch().bookmark(sources);
    }

    private static Dataset fs1() {
        return zfs().dataset(pool("fs1"));
    }

    private static final class Names {
        static final String FS1 = pool("fs1#bmark1");
        static final String FS2 = pool("fs2#bmark1");
        static final String SNAP1 = pool("fs1@snap1");
        static final String SNAP2 = pool("fs2@snap1");
    }

    @Test
    void bookmarks() {
        snapshot(Names.SNAP1, Names.SNAP2);
        bookmark(Map.of(Names.FS1, Names.SNAP1, Names.FS2, Names.SNAP2));
        assertThat(fs1().bookmarks()).extracting(Bookmark::name).containsExactly(Names.FS1);
    }

    @Test
    void bookmarks_2() {
        snapshot(Names.SNAP1, Names.SNAP2);
        bookmark(Map.of(Names.FS1, Names.SNAP1, Names.FS2, Names.SNAP2));
        zfs().batch().destroy(List.of(Names.SNAP1, Names.SNAP2));
        assertThat(fs1().bookmarks()).hasSize(1);
    }

    @Test
    void bookmark_copying() {
        snapshot(Names.SNAP1);
        snapshot(pool("fs1@snap2"));
        bookmark(Map.of(Names.FS1, Names.SNAP1, pool("fs1#bmark2"), pool("fs1@snap2")));
        Bookmark copy = zfs().bookmark(Names.FS1).copyTo(pool("fs1#bmark1_copy"));
        assertThat(copy.properties().guid())
                .isEqualTo(zfs().snapshot(Names.SNAP1).properties().guid());
        copy.destroy();
        assertThat(fs1().bookmarks()).extracting(Bookmark::name).containsExactly(Names.FS1, pool("fs1#bmark2"));
    }

    @Test
    void bookmarks_empty() {
        bookmark(Map.of());
    }

    @Test
    void bookmarks_foreign_source() {
        snapshot(Names.SNAP1);
        foreign(Map.of(Names.FS2, Names.SNAP1));
    }

    @Test
    void bookmarks_foreign_sources() {
        snapshot(Names.SNAP1, Names.SNAP2);
        foreign(Map.of(Names.FS2, Names.SNAP1, Names.FS1, Names.SNAP2));
    }

    @Test
    void bookmarks_partially_foreign_sources() {
        snapshot(Names.SNAP1, Names.SNAP2);
        foreign(Map.of(pool("fs2#bmark"), Names.SNAP1, Names.FS2, Names.SNAP2));
    }

    private static void foreign(Map<String, String> sources) {
        ZfsCallException failure = failure(() -> bookmark(sources));
        assertThat(failure.items())
                .isNotEmpty()
                .extracting(ItemFailure::errno)
                .containsOnly(Errno.ZFS_ERR_BOOKMARK_SOURCE_NOT_ANCESTOR);
        assertThat(zfs().dataset(pool("fs2")).bookmarks()).isEmpty();
    }

    @Test
    void bookmarks_invalid_name() {
        snapshot(Names.SNAP1);
        refused(pool("fs1#bmark!"));
    }

    @Test
    void bookmarks_invalid_name_2() {
        snapshot(Names.SNAP1);
        refused(pool("fs1@bmark"));
    }

    @Test
    void bookmarks_too_long_name() {
        snapshot(Names.SNAP1);
        refused(tooLongName("fs1#"));
    }

    @Test
    void bookmarks_too_long_name_2() {
        snapshot(Names.SNAP1);
        refused(tooLongComponent("fs1#"));
    }

    private static void refused(String name) {
        Map<String, String> sources = Map.of(name, Names.SNAP1);
        assertInvalidName(() -> bookmark(sources));
        assertThat(failure(() -> BookmarkCalls.bookmark(sources)).errno()).isIn(Errno.EINVAL, Errno.ENAMETOOLONG);
        assertThat(fs1().bookmarks()).isEmpty();
    }

    @Test
    void bookmarks_cross_pool() {
        snapshot(Names.SNAP1);
        snapshot(misc("@snap1"));
        assertThat(failure(() -> bookmark(Map.of(Names.FS1, Names.SNAP1, misc("#bmark1"), misc("@snap1"))))
                        .errno())
                .isIn(Errno.EXDEV, Errno.EINVAL);
        assertThat(fs1().bookmarks()).isEmpty();
    }

    @Test
    void bookmarks_missing_snap() {
        snapshot(Names.SNAP1);
        missing();
    }

    @Test
    void bookmarks_missing_snaps() {
        missing();
    }

    private static void missing() {
        ZfsCallException failure = failure(() -> bookmark(Map.of(Names.FS1, Names.SNAP1, Names.FS2, Names.SNAP2)));
        assertThat(failure).isInstanceOf(ZfsNotFoundException.class);
        assertThat(failure.errnoOf(Names.FS2)).hasValue(Errno.ENOENT);
        assertThat(fs1().bookmarks()).isEmpty();
        assertThat(zfs().dataset(pool("fs2")).bookmarks()).isEmpty();
    }

    @Test
    void bookmarks_for_the_same_snap() {
        snapshot(Names.SNAP1);
        bookmark(Map.of(Names.FS1, Names.SNAP1, pool("fs1#bmark2"), Names.SNAP1));
        assertThat(fs1().bookmarks()).hasSize(2);
    }

    @Test
    void bookmarks_for_the_same_snap_2() {
        snapshot(Names.SNAP1);
        bookmark(Map.of(Names.FS1, Names.SNAP1));
        bookmark(Map.of(pool("fs1#bmark2"), Names.SNAP1));
        assertThat(fs1().bookmarks()).hasSize(2);
    }

    @Test
    void bookmarks_duplicate_name() {
        snapshot(Names.SNAP1);
        snapshot(pool("fs1@snap2"));
        bookmark(Map.of(Names.FS1, Names.SNAP1));
        assertThat(failure(() -> bookmark(Map.of(Names.FS1, pool("fs1@snap2")))))
                .isInstanceOf(ZfsExistsException.class);
    }

    private static void threeBookmarks() {
        snapshot(pool("fs1@snap1"));
        snapshot(pool("fs1@snap2"));
        bookmark(Map.of(pool("fs1#bmark1"), pool("fs1@snap1"), pool("fs1#bmark2"), pool("fs1@snap2")));
        bookmark(Map.of(pool("fs1#bmark"), pool("fs1@snap2")));
        zfs().batch().destroy(List.of(pool("fs1@snap1"), pool("fs1@snap2")));
    }

    @Test
    void get_bookmarks() {
        threeBookmarks();
        NvList bare = BookmarkCalls.bookmarks(pool("fs1"), List.of());
        assertThat(bare.pairs()).extracting(NvPair::name).containsExactlyInAnyOrder("bmark", "bmark1", "bmark2");
        assertThat(bare.nvlist("bmark").isEmpty()).isTrue();
        NvList three = BookmarkCalls.bookmarks(pool("fs1"), List.of("guid", "createtxg", "creation"));
        assertThat(three.nvlist("bmark").pairs()).hasSize(3);
        assertThat(fs1().bookmarks().get(0).name()).isEqualTo(pool("fs1#bmark1"));
    }

    @Test
    void get_bookmarks_invalid_property() {
        snapshot(pool("fs1@snap"));
        zfs().snapshot(pool("fs1@snap")).bookmark("bmark");
        NvList bookmarks = BookmarkCalls.bookmarks(pool("fs1"), List.of("badprop"));
        assertThat(bookmarks.pairs()).hasSize(1);
        assertThat(bookmarks.nvlist("bmark").isEmpty()).isTrue();
    }

    @Test
    void get_bookmarks_nonexistent_fs() {
        assertThat(failure(() -> zfs().dataset(pool("nonexistent")).bookmarks()))
                .isInstanceOf(ZfsNotFoundException.class);
    }

    @Test
    void destroy_bookmarks() {
        snapshot(pool("fs1@snap"));
        zfs().snapshot(pool("fs1@snap")).bookmark("bmark");
        zfs().batch().destroyBookmarks(List.of(pool("fs1#bmark"), pool("fs1#nonexistent")));
        assertThat(fs1().bookmarks()).isEmpty();
    }

    @Test
    void destroy_bookmarks_invalid_name() {
        snapshot(pool("fs1@snap"));
        zfs().snapshot(pool("fs1@snap")).bookmark("bmark");
        List<String> names = List.of(pool("fs1#bmark"), pool("fs1/nonexistent"));
        assertInvalidName(() -> zfs().batch().destroyBookmarks(names));
        assertThat(failure(() -> BookmarkCalls.destroy(names)).errno()).isEqualTo(Errno.EINVAL);
        assertThat(fs1().bookmarks()).hasSize(1);
    }

    @Test
    void destroy_bookmark_nonexistent_fs() {
        zfs().bookmark(pool("nonexistent#bmark")).destroy();
    }

    @Test
    void destroy_bookmarks_empty() {
        zfs().batch().destroyBookmarks(List.of());
    }
}
