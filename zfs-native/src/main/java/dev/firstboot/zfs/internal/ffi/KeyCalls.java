package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.nvlist.NvList;
import org.jspecify.annotations.Nullable;

/** The functions of libzfs_core for the keys of encrypted datasets. Names are checked by the caller; copies of keys are wiped. */
public final class KeyCalls {
    private KeyCalls() {}

    /** {@code lzc_load_key}; with {@code check} the key is only checked. */
    public static void load(String dataset, byte[] key, boolean check) {
        Calls.call(
                "lzc_load_key",
                dataset,
                (library, scope) ->
                        library.lzc_load_key(scope.string(dataset), check ? 1 : 0, scope.secret(key), key.length));
    }

    /** {@code lzc_unload_key}. */
    public static void unload(String dataset) {
        Calls.call("lzc_unload_key", dataset, (library, scope) -> library.lzc_unload_key(scope.string(dataset)));
    }

    /** {@code lzc_change_key}: {@code command} is a {@code dcp_cmd_t}. */
    public static void change(String dataset, long command, @Nullable NvList properties, byte @Nullable [] key) {
        Calls.call(
                "lzc_change_key",
                dataset,
                (library, scope) -> library.lzc_change_key(
                        scope.string(dataset),
                        command,
                        scope.listOrNull(properties),
                        scope.secret(key),
                        key == null ? 0 : key.length));
    }
}
