package dev.firstboot.zfs.internal.ffi;

import jnr.ffi.LibraryLoader;

/** Loads libzfs_core. */
public final class Library {
    private Library() {}

    /**
     * Loads the library; its symbols are looked up when they are first called.
     *
     * @throws UnsatisfiedLinkError if the dynamic linker does not find it, with the linker's own words
     */
    public static LibZfsCore load() {
        return LibraryLoader.create(LibZfsCore.class).failImmediately().load(LibZfsCore.SONAME);
    }
}
