package dev.firstboot.zfs.internal.ffi;

import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/** The functions of glibc, with the constants of Linux on x86-64. jnr-ffi keeps the errno of a failed call for its thread. */
public interface LibC {
    int O_RDWR = 2;
    int O_EXCL = 0x80;
    int O_NONBLOCK = 0x800;
    int O_CLOEXEC = 0x80000;

    int F_GETFL = 3;
    int F_SETFL = 4;
    int F_SETPIPE_SZ = 1031;
    int F_GETPIPE_SZ = 1032;

    int SIG_SETMASK = 2;
    /** The size of a {@code sigset_t}, in bytes. */
    int SIGSET_SIZE = 128;

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

    int dup(int fd);

    int ioctl(int fd, long request, Pointer argument);

    int fcntl(int fd, int command, long argument);

    int pipe2(Pointer fds, int flags);

    long read(int fd, Pointer buffer, long count);

    long write(int fd, Pointer buffer, long count);

    long splice(int in, @Nullable Pointer inOffset, int out, @Nullable Pointer outOffset, long length, int flags);

    int poll(Pointer fds, long count, int timeout);

    int socket(int domain, int type, int protocol);

    int connect(int socket, Pointer address, int size);

    int bind(int socket, Pointer address, int size);

    int listen(int socket, int backlog);

    int accept4(int socket, @Nullable Pointer address, @Nullable Pointer size, int flags);

    int getsockname(int socket, Pointer address, Pointer size);

    int setsockopt(int socket, int level, int name, Pointer value, int size);

    int shutdown(int socket, int how);

    int pthread_sigmask(int how, Pointer set, @Nullable Pointer old);

    int mount(Pointer source, Pointer target, Pointer type, long flags, Pointer data);

    int umount2(Pointer target, int flags);

    Pointer mmap(@Nullable Pointer address, long length, int protection, int flags, int fd, long offset);

    int mprotect(Pointer address, long length, int protection);

    int munmap(Pointer address, long length);

    @Nullable
    Pointer dlopen(Pointer file, int mode);

    @Nullable
    Pointer dlsym(Pointer handle, Pointer symbol);
}
