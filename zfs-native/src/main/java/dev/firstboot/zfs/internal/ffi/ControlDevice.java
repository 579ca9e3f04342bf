package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.ZfsCallException;

/** {@code /dev/zfs}, opened once for the life of the process. Thread-safe: the device takes calls from any thread. */
final class ControlDevice {
    private static final String PATH = "/dev/zfs";
    private static final Object OPENING = new Object();
    private static volatile int opened = -1;

    private ControlDevice() {}

    /**
     * Returns its file descriptor.
     *
     * @throws ZfsCallException if it cannot be opened
     */
    static int fd() {
        if (opened < 0) {
            synchronized (OPENING) {
                if (opened < 0) {
                    opened = open(LibC.O_RDWR | LibC.O_CLOEXEC);
                }
            }
        }
        return opened;
    }

    static int open(int flags) {
        try (Scope scope = new Scope()) {
            int fd = Library.c().open(scope.string(PATH), flags);
            if (fd < 0) {
                throw Library.failure("open", PATH);
            }
            return fd;
        }
    }
}
