package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsCallException;
import java.util.List;
import jnr.ffi.LastError;
import jnr.ffi.LibraryLoader;
import jnr.ffi.LibraryOption;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/** Loads the C libraries, each once and at its first use. Thread-safe. */
public final class Library {
    private static final int RTLD_LAZY = 1;

    private static final Object OPENING = new Object();
    private static volatile @Nullable LibZfsCore opened;

    private Library() {}

    private static final class C {
        static final LibC INSTANCE =
                LibraryLoader.create(LibC.class).failImmediately().load("c");
        static final Runtime RUNTIME = Runtime.getRuntime(INSTANCE);
    }

    private static final class NvPair {
        static final LibNvpair INSTANCE = LibraryLoader.create(LibNvpair.class)
                .option(LibraryOption.IgnoreError, true)
                .failImmediately()
                .load(LibNvpair.SONAME);
    }

    private static final class Core {
        static final LibZfsCore INSTANCE = LibraryLoader.create(LibZfsCore.class)
                .option(LibraryOption.IgnoreError, true)
                .failImmediately()
                .load(LibZfsCore.SONAME);
    }

    static LibC c() {
        return C.INSTANCE;
    }

    static Runtime runtime() {
        return C.RUNTIME;
    }

    /** Returns the exception for a C call that has just failed in this thread, with its {@code errno}. */
    static ZfsCallException failure(String function, String subject) {
        return ZfsCallException.of(function, subject, new Errno(LastError.getLastError(runtime())), List.of());
    }

    static LibNvpair nvpair() {
        return NvPair.INSTANCE;
    }

    /**
     * Loads libzfs_core; its symbols are looked up when they are first called.
     *
     * @throws LinkageError if the dynamic linker does not find it, with the linker's message
     */
    public static LibZfsCore load() {
        try {
            return Core.INSTANCE;
        } catch (NoClassDefFoundError e) {
            throw new UnsatisfiedLinkError(LibZfsCore.SONAME + " did not load before, and is not tried again");
        }
    }

    /**
     * Returns libzfs_core, ready for calls. Calls {@code libzfs_core_init} once per process and never {@code libzfs_core_fini}: a call to the uninitialised
     * library aborts the process.
     *
     * @throws ZfsCallException if {@code /dev/zfs} cannot be opened
     */
    public static LibZfsCore open() {
        LibZfsCore known = opened;
        if (known == null) {
            synchronized (OPENING) {
                known = opened;
                if (known == null) {
                    known = initialised(load());
                    opened = known;
                }
            }
        }
        return known;
    }

    private static LibZfsCore initialised(LibZfsCore library) {
        int error = library.libzfs_core_init();
        if (error != 0) {
            throw ZfsCallException.of("libzfs_core_init", "/dev/zfs", new Errno(error), List.of());
        }
        return library;
    }

    /** Returns whether the loaded libzfs_core has a function of this name: {@code dlsym(3)}. */
    public static boolean has(String function) {
        try (Scope scope = new Scope()) {
            Pointer library = c().dlopen(scope.string(LibZfsCore.SONAME), RTLD_LAZY);
            return library != null && c().dlsym(library, scope.string(function)) != null;
        }
    }
}
