package dev.firstboot.zfs.internal.ffi;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import jnr.ffi.LastError;
import jnr.ffi.Memory;
import jnr.ffi.Pointer;

/** A file descriptor of C, to open, read, write and splice. Not thread-safe. */
public final class OpenFile implements AutoCloseable {
    private static final int O_WRONLY = 1;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    /** SPLICE_F_MOVE, SPLICE_F_NONBLOCK. With SPLICE_F_MORE, TCP would keep the end of a stream back for 200 ms. */
    private static final int SPLICE_FLAGS = 1 | 2;

    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;

    /** A {@code struct pollfd} for each thread: a long transfer waits often. */
    private static final ThreadLocal<Pointer> POLL =
            ThreadLocal.withInitial(() -> Memory.allocateDirect(Library.runtime(), Long.BYTES, true));

    private int fd;

    private OpenFile(int fd) {
        this.fd = fd;
    }

    /** Opens an existing file for reading. */
    public static OpenFile toRead(String path) {
        return open(path, LibC.O_CLOEXEC);
    }

    /** Opens an existing file for writing from its start. */
    public static OpenFile toWrite(String path) {
        return open(path, O_WRONLY | LibC.O_CLOEXEC);
    }

    private static OpenFile open(String path, int flags) {
        try (Scope scope = new Scope()) {
            int fd = Library.c().open(scope.string(path), flags);
            if (fd < 0) {
                throw Library.failure("open", path);
            }
            return new OpenFile(fd);
        }
    }

    /** Returns its descriptor; -1 if it is closed. */
    public int fd() {
        return fd;
    }

    /**
     * Moves bytes from one descriptor to another without a copy in this process: {@code splice(2)}. One of them must be a pipe; does not wait for it.
     *
     * @return how many bytes; 0 at the end, -1 if the pipe has no bytes or no room now
     */
    public static long splice(int from, int to, int most) {
        while (true) {
            long count = Library.c().splice(from, null, to, null, most, SPLICE_FLAGS);
            if (count >= 0 || !isInterrupted("splice")) {
                return count;
            }
        }
    }

    /**
     * Reads available bytes into a direct buffer, at most as many as fit.
     *
     * @return how many bytes; 0 at the end, -1 if there is none now
     */
    public static long read(int fd, ByteBuffer buffer) {
        Pointer rest = rest(buffer);
        long count = checked("read", () -> Library.c().read(fd, rest, buffer.remaining()));
        if (count > 0) {
            buffer.position(buffer.position() + (int) count);
        }
        return count;
    }

    /**
     * Writes as many bytes of a direct buffer as fit.
     *
     * @return how many bytes; -1 if there is no room now
     */
    public static long write(int fd, ByteBuffer buffer) {
        Pointer rest = rest(buffer);
        long count = checked("write", () -> Library.c().write(fd, rest, buffer.remaining()));
        if (count > 0) {
            buffer.position(buffer.position() + (int) count);
        }
        return count;
    }

    /** Returns the memory from a direct buffer's position on. jnr-ffi adds the position itself: adding it again wrote past the buffer's end. */
    private static Pointer rest(ByteBuffer buffer) {
        return Pointer.wrap(Library.runtime(), buffer.slice());
    }

    private static long checked(String function, LongSupplier call) {
        while (true) {
            long count = call.getAsLong();
            if (count >= 0) {
                return count;
            }
            if (!isInterrupted(function)) {
                return -1;
            }
        }
    }

    /** Returns whether a failed call must be repeated at once ({@code EINTR}); false if it would have had to wait ({@code EAGAIN}). */
    private static boolean isInterrupted(String function) {
        int error = LastError.getLastError(Library.runtime());
        if (error != EAGAIN && error != EINTR) {
            throw Library.failure(function, "");
        }
        return error == EINTR;
    }

    /** Waits until there is something to read, or nobody writes any more. Returns false if neither happens within this time. */
    public static boolean awaitReadable(int fd, int millis) {
        return await(fd, POLLIN, millis);
    }

    /** Waits until there is room to write, or nobody reads any more. Returns false if neither happens within this time. */
    public static boolean awaitWritable(int fd, int millis) {
        return await(fd, POLLOUT, millis);
    }

    private static boolean await(int fd, short events, int millis) {
        Pointer poll = POLL.get();
        poll.putInt(0, fd);
        poll.putShort(Integer.BYTES, events);
        return Library.c().poll(poll, 1, millis) > 0;
    }

    /**
     * Sets whether calls on a descriptor return at once instead of waiting: {@code O_NONBLOCK}.
     *
     * @return what it was before
     */
    public static boolean nonBlocking(int fd, boolean wanted) {
        int flags = Library.c().fcntl(fd, LibC.F_GETFL, 0);
        if (flags < 0) {
            throw Library.failure("fcntl", "descriptor " + fd);
        }
        boolean before = (flags & LibC.O_NONBLOCK) != 0;
        if (before != wanted) {
            Library.c().fcntl(fd, LibC.F_SETFL, flags ^ LibC.O_NONBLOCK);
        }
        return before;
    }

    /** Closes a descriptor. */
    public static void closed(int fd) {
        Library.c().close(fd);
    }

    @Override
    public void close() {
        if (fd >= 0) {
            closed(fd);
            fd = -1;
        }
    }
}
