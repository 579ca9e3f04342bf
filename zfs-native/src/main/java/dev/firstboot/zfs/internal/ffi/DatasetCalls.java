package dev.firstboot.zfs.internal.ffi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.nvlist.NvList;
import java.util.List;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/** The functions of libzfs_core for one filesystem or volume. Names are checked by the caller. */
public final class DatasetCalls {
    /** {@code ZFS_MAX_DATASET_NAME_LEN}. */
    private static final int NAME_SIZE = 256;

    private static final int ZFS = 2;
    private static final int ZVOL = 3;

    private DatasetCalls() {}

    /** {@code lzc_create}. */
    public static void create(String name, boolean volume, NvList properties, byte @Nullable [] key) {
        Calls.call(
                "lzc_create",
                name,
                (library, scope) -> library.lzc_create(
                        scope.string(name),
                        volume ? ZVOL : ZFS,
                        scope.list(properties),
                        scope.secret(key),
                        key == null ? 0 : key.length));
    }

    /** {@code lzc_clone}. */
    public static void clone(String name, String origin, NvList properties) {
        Calls.call(
                "lzc_clone",
                name,
                (library, scope) ->
                        library.lzc_clone(scope.string(name), scope.string(origin), scope.list(properties)));
    }

    /** {@code lzc_promote}. A snapshot whose name conflicts is reported as an item. */
    public static void promote(String name) {
        try (Scope scope = new Scope()) {
            Pointer conflict = scope.zeros(NAME_SIZE);
            int error = Calls.run(
                    "lzc_promote",
                    (library, inner) -> library.lzc_promote(inner.string(name), conflict, NAME_SIZE),
                    scope);
            String snapshot = text(conflict);
            Calls.check(
                    "lzc_promote",
                    name,
                    error,
                    snapshot.isEmpty() ? List.of() : List.of(new ItemFailure(snapshot, new Errno(error))));
        }
    }

    /** {@code lzc_rename}. */
    public static void rename(String from, String to) {
        Calls.call("lzc_rename", from, (library, scope) -> library.lzc_rename(scope.string(from), scope.string(to)));
    }

    /** {@code lzc_destroy}. */
    public static void destroy(String name) {
        Calls.call("lzc_destroy", name, (library, scope) -> library.lzc_destroy(scope.string(name)));
    }

    /** {@code lzc_rollback}; returns the snapshot that it rolled back to. */
    public static String rollback(String name) {
        try (Scope scope = new Scope()) {
            Pointer target = scope.zeros(NAME_SIZE);
            int error = Calls.run(
                    "lzc_rollback",
                    (library, inner) -> library.lzc_rollback(inner.string(name), target, NAME_SIZE),
                    scope);
            Calls.check("lzc_rollback", name, error, List.of());
            return text(target);
        }
    }

    /** {@code lzc_rollback_to}. */
    public static void rollbackTo(String name, String snapshot) {
        Calls.call(
                "lzc_rollback_to",
                snapshot,
                (library, scope) -> library.lzc_rollback_to(scope.string(name), scope.string(snapshot)));
    }

    /** {@code lzc_exists}; also for snapshots, not for bookmarks. */
    public static boolean exists(String name) {
        try (Scope scope = new Scope()) {
            return Library.open().lzc_exists(scope.string(name)) != 0;
        }
    }

    private static String text(Pointer buffer) {
        return buffer.getString(0, NAME_SIZE, UTF_8);
    }
}
