package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.ZfsCallException;
import jnr.ffi.Pointer;

/** Zeroed C memory with an inaccessible page after it: an access past its end fails. Not thread-safe. */
final class GuardedMemory implements AutoCloseable {
    private static final int PAGE = 4096;
    /** {@code MAP_FAILED}. */
    private static final long FAILED = -1;

    private final Pointer pages;
    private final long size;

    private GuardedMemory(Pointer pages, long size) {
        this.pages = pages;
        this.size = size;
    }

    /**
     * Maps whole pages for at least this many bytes, and one more that cannot be accessed: {@code mmap(2)}, {@code mprotect(2)}.
     *
     * @throws ZfsCallException if there is no memory, or it cannot be guarded
     */
    static GuardedMemory map(long bytes) {
        LibC c = Library.c();
        long size = (bytes + PAGE - 1) / PAGE * PAGE;
        Pointer pages = c.mmap(
                null, size + PAGE, LibC.PROT_READ | LibC.PROT_WRITE, LibC.MAP_PRIVATE | LibC.MAP_ANONYMOUS, -1, 0);
        if (pages.address() == FAILED) {
            throw Library.failure("mmap", size + PAGE + " bytes");
        }
        GuardedMemory memory = new GuardedMemory(pages, size);
        if (c.mprotect(pages.slice(size), PAGE, LibC.PROT_NONE) != 0) {
            ZfsCallException failure = Library.failure("mprotect", PAGE + " bytes");
            memory.close();
            throw failure;
        }
        return memory;
    }

    /** Returns its last bytes. */
    Pointer last(long bytes) {
        return pages.slice(size - bytes);
    }

    @Override
    public void close() {
        Library.c().munmap(pages, size + PAGE);
    }
}
