package dev.firstboot.zfs.internal.ffi;

import java.util.function.IntFunction;

/**
 * A separate {@code /dev/zfs}, opened exclusively, as {@code cleanup_fd}: when it is closed, the kernel releases the holds that were made with it. Thread-safe.
 */
public final class CleanupDevice implements AutoCloseable {
    private int fd;

    private CleanupDevice(int fd) {
        this.fd = fd;
    }

    /** Opens {@code /dev/zfs} with {@code O_EXCL}. */
    public static CleanupDevice open() {
        return new CleanupDevice(ControlDevice.open(LibC.O_RDWR | LibC.O_EXCL | LibC.O_CLOEXEC));
    }

    /**
     * Runs {@code work} with the descriptor, which stays open meanwhile.
     *
     * @throws IllegalStateException if it is closed
     */
    public synchronized <T> T use(IntFunction<T> work) {
        if (fd < 0) {
            throw new IllegalStateException("this lease is closed");
        }
        return work.apply(fd);
    }

    @Override
    public synchronized void close() {
        if (fd >= 0) {
            Library.c().close(fd);
            fd = -1;
        }
    }
}
