package dev.firstboot.zfs.internal.ffi;

import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * {@code libzfs_core.h} of OpenZFS, releases 2.1 to 2.4. The soname is the same for every release since 2.0: which functions there are is asked of the library.
 *
 * <p>{@code nvlist_t *}, {@code char *} and pointers to results are memory of our own ({@link Scope}), never converted by jnr-ffi, which keeps what it converts
 * alive too briefly for a long call. {@code boolean_t} is an {@code int}.
 */
public interface LibZfsCore {
    /** What the dynamic linker is asked for. */
    String SONAME = "libzfs_core.so.3";

    /** Opens {@code /dev/zfs} for this process; must come before any other call, or the process is aborted. Returns 0 or an errno. */
    int libzfs_core_init();

    int lzc_snapshot(Pointer snaps, Pointer props, Pointer errlist);

    int lzc_create(Pointer fsname, int type, Pointer props, @Nullable Pointer wkeydata, int wkeylen);

    int lzc_clone(Pointer fsname, Pointer origin, Pointer props);

    int lzc_promote(Pointer fsname, Pointer snapnamebuf, int snapnamelen);

    int lzc_rename(Pointer source, Pointer target);

    int lzc_destroy(Pointer fsname);

    int lzc_destroy_snaps(Pointer snaps, int defer, Pointer errlist);

    int lzc_bookmark(Pointer bookmarks, Pointer errlist);

    int lzc_get_bookmarks(Pointer fsname, Pointer props, Pointer bmarks);

    int lzc_get_bookmark_props(Pointer bookmark, Pointer props);

    int lzc_destroy_bookmarks(Pointer bmarks, Pointer errlist);

    int lzc_rollback(Pointer fsname, Pointer snapnamebuf, int snapnamelen);

    int lzc_rollback_to(Pointer fsname, Pointer snapname);

    int lzc_exists(Pointer dataset);

    int lzc_hold(Pointer holds, int cleanup_fd, Pointer errlist);

    int lzc_release(Pointer holds, Pointer errlist);

    int lzc_get_holds(Pointer snapname, Pointer holdsp);

    int lzc_snaprange_space(Pointer firstsnap, Pointer lastsnap, Pointer usedp);
}
