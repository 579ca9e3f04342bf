package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import java.util.Collection;
import java.util.List;
import jnr.ffi.Pointer;

/** The functions of libzfs_core for a whole pool. Names are checked by the caller. */
public final class PoolCalls {
    private static final long ZFS_IOC_POOL_SCRUB = 0x5a57;

    private PoolCalls() {}

    /** {@code lzc_sync}. */
    public static void sync(String pool, boolean force) {
        NvList options = NvList.builder().addBooleanValue("force", force).build();
        Calls.call(
                "lzc_sync",
                pool,
                (library, scope) -> library.lzc_sync(scope.string(pool), scope.list(options), scope.out()));
    }

    /** {@code lzc_reopen}. */
    public static void reopen(String pool, boolean restartScrub) {
        Calls.call(
                "lzc_reopen", pool, (library, scope) -> library.lzc_reopen(scope.string(pool), restartScrub ? 1 : 0));
    }

    /** {@code lzc_pool_checkpoint}. */
    public static void checkpoint(String pool) {
        Calls.call("lzc_pool_checkpoint", pool, (library, scope) -> library.lzc_pool_checkpoint(scope.string(pool)));
    }

    /** {@code lzc_pool_checkpoint_discard}. */
    public static void discardCheckpoint(String pool) {
        Calls.call(
                "lzc_pool_checkpoint_discard",
                pool,
                (library, scope) -> library.lzc_pool_checkpoint_discard(scope.string(pool)));
    }

    /** {@code lzc_initialize}: {@code command} is a {@code pool_initialize_func_t}. */
    public static void initialize(String pool, int command, Collection<Long> devices) {
        Calls.batch(
                "lzc_initialize",
                pool,
                (library, scope, errors) ->
                        library.lzc_initialize(scope.string(pool), command, scope.list(guids(devices)), errors));
    }

    /** {@code lzc_trim}: {@code command} is a {@code pool_trim_func_t}, {@code rate} is in bytes per second, 0 for no limit. */
    public static void trim(String pool, int command, long rate, boolean secure, Collection<Long> devices) {
        Calls.batch(
                "lzc_trim",
                pool,
                (library, scope, errors) -> library.lzc_trim(
                        scope.string(pool), command, rate, secure ? 1 : 0, scope.list(guids(devices)), errors));
    }

    private static NvList guids(Collection<Long> devices) {
        NvListBuilder list = NvList.builder();
        int number = 0;
        for (long device : devices) {
            list.addUint64(Integer.toString(number++), device);
        }
        return list.build();
    }

    /** {@code lzc_wait}: {@code activity} is a {@code zpool_wait_activity_t}. Returns whether it had to wait. */
    public static boolean waitFor(String pool, int activity) {
        return waited(
                "lzc_wait", pool, (library, scope, waited) -> library.lzc_wait(scope.string(pool), activity, waited));
    }

    /** {@code lzc_wait_tag}: for one device, by its GUID. */
    public static boolean waitFor(String pool, int activity, long device) {
        return waited(
                "lzc_wait_tag",
                pool,
                (library, scope, waited) -> library.lzc_wait_tag(scope.string(pool), activity, device, waited));
    }

    /** {@code lzc_wait_fs}: until what was deleted in a filesystem is freed. */
    public static boolean waitForDeletes(String filesystem) {
        return waited(
                "lzc_wait_fs",
                filesystem,
                (library, scope, waited) -> library.lzc_wait_fs(scope.string(filesystem), 0, waited));
    }

    private static boolean waited(String function, String subject, Calls.Listing body) {
        try (Scope scope = new Scope()) {
            Pointer waited = scope.out();
            int error = Calls.run(function, (library, inner) -> body.run(library, inner, waited), scope);
            Calls.check(function, subject, error, List.of());
            return waited.getInt(0) != 0;
        }
    }

    /** {@code lzc_get_bootenv}. */
    public static NvList bootEnvironment(String pool) {
        return Calls.list(
                "lzc_get_bootenv", pool, (library, scope, out) -> library.lzc_get_bootenv(scope.string(pool), out));
    }

    /** {@code lzc_set_bootenv}. */
    public static void setBootEnvironment(String pool, NvList environment) {
        Calls.call(
                "lzc_set_bootenv",
                pool,
                (library, scope) -> library.lzc_set_bootenv(scope.string(pool), scope.list(environment)));
    }

    /** {@code lzc_scrub}: {@code function} is a {@code pool_scan_func_t}, {@code command} a {@code pool_scrub_cmd_t}. */
    public static void scrub(String pool, int function, int command) {
        NvList options = NvList.builder()
                .addUint64("scan_type", function)
                .addUint64("scan_command", command)
                .build();
        Calls.list(
                "lzc_scrub",
                pool,
                (library, scope, out) ->
                        library.lzc_scrub(ZFS_IOC_POOL_SCRUB, scope.string(pool), scope.list(options), out));
    }

    /** {@code lzc_get_vdev_prop}. Without names, returns the properties that were set. */
    public static NvList deviceProperties(String pool, long device, Collection<String> names) {
        NvListBuilder asked = NvList.builder().addUint64("vdevprops_get_vdev", device);
        if (!names.isEmpty()) {
            asked.addNvList("vdevprops_get_props", SnapshotCalls.flags(names));
        }
        NvList wanted = asked.build();
        return Calls.list(
                "lzc_get_vdev_prop",
                pool,
                (library, scope, out) -> library.lzc_get_vdev_prop(scope.string(pool), scope.list(wanted), out));
    }

    /** {@code lzc_set_vdev_prop}. */
    public static void setDeviceProperties(String pool, long device, NvList properties) {
        NvList wanted = NvList.builder()
                .addUint64("vdevprops_set_vdev", device)
                .addNvList("vdevprops_set_props", properties)
                .build();
        Calls.batch(
                "lzc_set_vdev_prop",
                pool,
                (library, scope, out) -> library.lzc_set_vdev_prop(scope.string(pool), scope.list(wanted), out));
    }

    /** {@code lzc_get_props}. */
    public static NvList properties(String pool) {
        return Calls.list(
                "lzc_get_props", pool, (library, scope, out) -> library.lzc_get_props(scope.string(pool), out));
    }

    /** {@code lzc_pool_prefetch}: {@code type} is a {@code zpool_prefetch_type_t}. */
    public static void prefetch(String pool, int type) {
        Calls.call("lzc_pool_prefetch", pool, (library, scope) -> library.lzc_pool_prefetch(scope.string(pool), type));
    }

    /** {@code lzc_ddt_prune}: {@code unit} is a {@code zpool_ddt_prune_unit_t}. */
    public static void pruneDedupTable(String pool, int unit, long amount) {
        Calls.call("lzc_ddt_prune", pool, (library, scope) -> library.lzc_ddt_prune(scope.string(pool), unit, amount));
    }
}
