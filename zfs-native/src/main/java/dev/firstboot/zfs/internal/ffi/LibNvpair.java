package dev.firstboot.zfs.internal.ffi;

import jnr.ffi.Pointer;

/** {@code libnvpair.h}: only what converts packed lists to {@code nvlist_t *} and back. */
public interface LibNvpair {
    /** The name that the dynamic linker looks for. */
    String SONAME = "libnvpair.so.3";

    int nvlist_unpack(Pointer buf, long buflen, Pointer nvlp, int kmflag);

    int nvlist_size(Pointer nvl, Pointer size, int encoding);

    int nvlist_pack(Pointer nvl, Pointer bufp, Pointer buflen, int encoding, int kmflag);

    void nvlist_free(Pointer nvl);
}
