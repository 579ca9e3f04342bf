package dev.firstboot.zfs.internal.ffi;

import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * {@code libzfs_core.h} of OpenZFS, releases 2.1 to 2.4. The soname is the same for every release since 2.0, so {@link Library#has} asks the library which
 * functions it has.
 *
 * <p>{@code nvlist_t *}, {@code char *} and pointers to results are memory of a {@link Scope}. jnr-ffi never converts them: it keeps what it converts alive too
 * briefly for a long call. {@code boolean_t} is an {@code int}.
 */
public interface LibZfsCore {
    /** The name that the dynamic linker looks for. */
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

    int lzc_load_key(Pointer fsname, int noop, @Nullable Pointer wkeydata, int wkeylen);

    int lzc_unload_key(Pointer fsname);

    int lzc_change_key(
            Pointer fsname, long crypt_cmd, @Nullable Pointer props, @Nullable Pointer wkeydata, int wkeylen);

    int lzc_sync(Pointer pool_name, @Nullable Pointer innvl, Pointer outnvl);

    int lzc_reopen(Pointer pool_name, int scrub_restart);

    int lzc_pool_checkpoint(Pointer pool);

    int lzc_pool_checkpoint_discard(Pointer pool);

    int lzc_initialize(Pointer poolname, long cmd_type, Pointer vdevs, Pointer errlist);

    int lzc_trim(Pointer poolname, long cmd_type, long rate, int secure, Pointer vdevs, Pointer errlist);

    int lzc_wait(Pointer pool, int activity, Pointer waited);

    int lzc_wait_tag(Pointer pool, int activity, long tag, Pointer waited);

    int lzc_wait_fs(Pointer fs, int activity, Pointer waited);

    int lzc_set_bootenv(Pointer pool, Pointer env);

    int lzc_get_bootenv(Pointer pool, Pointer outnvl);

    int lzc_channel_program(
            Pointer pool, Pointer program, long instrlimit, long memlimit, Pointer argnvl, Pointer outnvl);

    int lzc_channel_program_nosync(
            Pointer pool, Pointer program, long timeout, long memlimit, Pointer argnvl, Pointer outnvl);

    int lzc_redact(Pointer snapshot, Pointer bookname, Pointer snapnv);

    int lzc_send_resume_redacted(
            Pointer snapname,
            @Nullable Pointer from,
            int fd,
            int flags,
            long resumeobj,
            long resumeoff,
            @Nullable Pointer redactbook);

    int lzc_send_space_resume_redacted(
            Pointer snapname,
            @Nullable Pointer from,
            int flags,
            long resumeobj,
            long resumeoff,
            long resume_bytes,
            @Nullable Pointer redactbook,
            int fd,
            Pointer spacep);

    int lzc_receive_with_cmdprops(
            Pointer snapname,
            @Nullable Pointer props,
            @Nullable Pointer cmdprops,
            @Nullable Pointer wkeydata,
            int wkeylen,
            @Nullable Pointer origin,
            int force,
            int resumable,
            int raw,
            int input_fd,
            @Nullable Pointer begin_record,
            int cleanup_fd,
            Pointer read_bytes,
            Pointer errflags,
            Pointer action_handle,
            Pointer errors);

    int lzc_receive_with_heal(
            Pointer snapname,
            @Nullable Pointer props,
            @Nullable Pointer cmdprops,
            @Nullable Pointer wkeydata,
            int wkeylen,
            @Nullable Pointer origin,
            int force,
            int heal,
            int resumable,
            int raw,
            int input_fd,
            @Nullable Pointer begin_record,
            int cleanup_fd,
            Pointer read_bytes,
            Pointer errflags,
            Pointer action_handle,
            Pointer errors);

    /** Since 2.2. */
    int lzc_scrub(long ioc, Pointer name, Pointer source, Pointer resultp);

    /** Since 2.2. */
    int lzc_get_vdev_prop(Pointer poolname, Pointer innvl, Pointer outnvl);

    /** Since 2.2. */
    int lzc_set_vdev_prop(Pointer poolname, Pointer innvl, Pointer outnvl);

    /** Since 2.3. */
    int lzc_get_props(Pointer poolname, Pointer props);

    /** Since 2.3. */
    int lzc_pool_prefetch(Pointer pool, int type);

    /** Since 2.3. */
    int lzc_ddt_prune(Pointer pool, int unit, long amount);
}
