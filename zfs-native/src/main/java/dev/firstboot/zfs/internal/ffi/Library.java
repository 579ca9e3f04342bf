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

/** Loads the C libraries, each once and when it is first wanted. Thread-safe. */
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

    /** What a call of C that has just failed in this thread said by {@code errno}. */
    static ZfsCallException failure(String function, String subject) {
        return ZfsCallException.of(function, subject, new Errno(LastError.getLastError(runtime())), List.of());
    }

    static LibNvpair nvpair() {
        return NvPair.INSTANCE;
    }

    /**
     * Loads libzfs_core; its symbols are looked up when they are first called.
     *
     * @throws LinkageError if the dynamic linker does not find it, with the linker's own words
     */
    public static LibZfsCore load() {
        try {
            return Core.INSTANCE;
        } catch (NoClassDefFoundError e) {
            throw new UnsatisfiedLinkError(LibZfsCore.SONAME + " did not load before, and is not tried again");
        }
    }

    /**
     * libzfs_core, ready for calls. It is initialised once in the life of the process and never finished: a call without it aborts the process.
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

    /** Whether the running libzfs_core has a function of this name. */
    public static boolean has(String function) {
        try (Scope scope = new Scope()) {
            Pointer library = c().dlopen(scope.string(LibZfsCore.SONAME), RTLD_LAZY);
            return library != null && c().dlsym(library, scope.string(function)) != null;
        }
    }
}
