package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The functions of libzfs_core for snapshots and their holds, which take many at once. Names are checked by the caller. */
public final class SnapshotCalls {
    /** No file descriptor. */
    public static final int NONE = -1;

    private SnapshotCalls() {}

    /** {@code lzc_snapshot}. */
    public static void snapshot(Collection<String> snapshots, NvList properties) {
        Calls.batch(
                "lzc_snapshot",
                subject(snapshots),
                (library, scope, errors) ->
                        library.lzc_snapshot(scope.list(flags(snapshots)), scope.list(properties), errors));
    }

    /** {@code lzc_destroy_snaps}. */
    public static void destroy(Collection<String> snapshots, boolean defer) {
        Calls.batch(
                "lzc_destroy_snaps",
                subject(snapshots),
                (library, scope, errors) ->
                        library.lzc_destroy_snaps(scope.list(flags(snapshots)), defer ? 1 : 0, errors));
    }

    /** {@code lzc_snaprange_space}, in bytes. */
    public static long rangeSpace(String first, String last) {
        return Calls.number(
                "lzc_snaprange_space",
                last,
                (library, scope, used) -> library.lzc_snaprange_space(scope.string(first), scope.string(last), used));
    }

    /** {@code lzc_hold}: tags by snapshot. Returns the snapshots that do not exist. */
    public static List<ItemFailure> hold(Map<String, String> tags, int cleanupFd) {
        NvListBuilder holds = NvList.builder();
        tags.forEach(holds::addString);
        return Calls.batch(
                "lzc_hold",
                subject(tags.keySet()),
                (library, scope, errors) -> library.lzc_hold(scope.list(holds.build()), cleanupFd, errors));
    }

    /** {@code lzc_release}: tags by snapshot. Returns the snapshots and tags that do not exist. */
    public static List<ItemFailure> release(Map<String, ? extends Collection<String>> tags) {
        NvListBuilder holds = NvList.builder();
        tags.forEach((snapshot, names) -> holds.addNvList(snapshot, flags(names)));
        return Calls.batch(
                "lzc_release",
                subject(tags.keySet()),
                (library, scope, errors) -> library.lzc_release(scope.list(holds.build()), errors));
    }

    /** {@code lzc_get_holds}: seconds since 1970 by tag. */
    public static NvList holds(String snapshot) {
        return Calls.list(
                "lzc_get_holds",
                snapshot,
                (library, scope, holds) -> library.lzc_get_holds(scope.string(snapshot), holds));
    }

    static NvList flags(Collection<String> names) {
        NvListBuilder flags = NvList.builder();
        new LinkedHashSet<>(names).forEach(flags::addFlag);
        return flags.build();
    }

    static String subject(Collection<String> names) {
        return names.isEmpty()
                ? ""
                : names.iterator().next() + (names.size() > 1 ? " and " + (names.size() - 1) + " more" : "");
    }
}
