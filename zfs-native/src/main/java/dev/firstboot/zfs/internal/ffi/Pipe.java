package dev.firstboot.zfs.internal.ffi;

import jnr.ffi.Pointer;

/**
 * A kernel pipe between ZFS and the other side of a transfer: as large as an ordinary user may make one (1 MiB). Its size is set while it is empty, because
 * that can deadlock on a full pipe. Thread-safe; each end is closed once.
 */
public final class Pipe implements AutoCloseable {
    private static final int WANTED = 1 << 20;

    private int readEnd;
    private int writeEnd;

    private Pipe(int readEnd, int writeEnd) {
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
    }

    /** Opens a pipe: {@code pipe2(2)}. */
    public static Pipe open() {
        try (Scope scope = new Scope()) {
            Pointer ends = scope.out();
            if (Library.c().pipe2(ends, LibC.O_CLOEXEC) != 0) {
                throw Library.failure("pipe2", "");
            }
            Pipe pipe = new Pipe(ends.getInt(0), ends.getInt(Integer.BYTES));
            // If the user's limit for pipes is used up, a small one works too.
            Library.c().fcntl(pipe.writeEnd, LibC.F_SETPIPE_SZ, WANTED);
            return pipe;
        }
    }

    /** Returns the descriptor to read from; -1 if it is closed. */
    public synchronized int readEnd() {
        return readEnd;
    }

    /** Returns the descriptor to write to; -1 if it is closed. */
    public synchronized int writeEnd() {
        return writeEnd;
    }

    /** Waits until there is something to read, or nobody writes any more. Returns false if neither happens within this time. */
    public boolean awaitReadable(int millis) {
        return OpenFile.awaitReadable(readEnd(), millis);
    }

    /** Waits until there is room to write, or nobody reads any more. Returns false if neither happens within this time. */
    public boolean awaitWritable(int millis) {
        return OpenFile.awaitWritable(writeEnd(), millis);
    }

    /** Closes the read end: a writer gets {@code EPIPE} from now on. */
    public synchronized void closeReadEnd() {
        if (readEnd >= 0) {
            Library.c().close(readEnd);
            readEnd = -1;
        }
    }

    /** Closes the write end: a reader reaches the end. */
    public synchronized void closeWriteEnd() {
        if (writeEnd >= 0) {
            Library.c().close(writeEnd);
            writeEnd = -1;
        }
    }

    @Override
    public void close() {
        closeReadEnd();
        closeWriteEnd();
    }
}
