package dev.firstboot.zfs.internal.ffi;

/** {@code libzfs_core.h} of OpenZFS. The soname is the same for every release since 2.0. */
public interface LibZfsCore {
    /** What the dynamic linker is asked for. */
    String SONAME = "libzfs_core.so.3";

    /** Opens {@code /dev/zfs} for this process; must come before any other call. Returns 0 or an errno. */
    int libzfs_core_init();
}
