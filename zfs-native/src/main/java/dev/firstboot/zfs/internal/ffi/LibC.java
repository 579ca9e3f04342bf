package dev.firstboot.zfs.internal.ffi;

import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/** glibc on x86-64. What fails leaves its errno with the thread, where jnr-ffi keeps it. */
public interface LibC {
    int O_RDWR = 2;
    int O_EXCL = 0x80;
    int O_CLOEXEC = 0x80000;

    int PROT_NONE = 0;
    int PROT_READ = 1;
    int PROT_WRITE = 2;
    int MAP_PRIVATE = 2;
    int MAP_ANONYMOUS = 0x20;

    @Nullable
    Pointer calloc(long count, long size);

    void free(Pointer memory);

    int open(Pointer path, int flags);

    int close(int fd);

    int ioctl(int fd, long request, Pointer argument);

    Pointer mmap(@Nullable Pointer address, long length, int protection, int flags, int fd, long offset);

    int mprotect(Pointer address, long length, int protection);

    int munmap(Pointer address, long length);

    @Nullable
    Pointer dlopen(Pointer file, int mode);

    @Nullable
    Pointer dlsym(Pointer handle, Pointer symbol);
}
