package dev.firstboot.zfs.internal.ffi;

import jnr.ffi.Pointer;

/**
 * A pipe of the kernel's between ZFS and whoever reads or writes the stream: as large as an ordinary user may make one, set while it is empty, as a full one can
 * deadlock. Thread-safe; each end is closed once.
 */
public final class Pipe implements AutoCloseable {
    private static final int WANTED = 1 << 20;

    private int readEnd;
    private int writeEnd;

    private Pipe(int readEnd, int writeEnd) {
        this.readEnd = readEnd;
        this.writeEnd = writeEnd;
    }

    /** Makes one. */
    public static Pipe open() {
        try (Scope scope = new Scope()) {
            Pointer ends = scope.out();
            if (Library.c().pipe2(ends, LibC.O_CLOEXEC) != 0) {
                throw Library.failure("pipe2", "");
            }
            Pipe pipe = new Pipe(ends.getInt(0), ends.getInt(Integer.BYTES));
            // Where the owner's limit for pipes is used up, a small one does as well.
            Library.c().fcntl(pipe.writeEnd, LibC.F_SETPIPE_SZ, WANTED);
            return pipe;
        }
    }

    /** The descriptor to read from; -1 if it is closed. */
    public synchronized int readEnd() {
        return readEnd;
    }

    /** The descriptor to write to; -1 if it is closed. */
    public synchronized int writeEnd() {
        return writeEnd;
    }

    /** Waits until there is something to read, or nobody writes any more; false if neither is so within this time. */
    public boolean awaitReadable(int millis) {
        return OpenFile.awaitReadable(readEnd(), millis);
    }

    /** Waits until there is room to write, or nobody reads any more; false if neither is so within this time. */
    public boolean awaitWritable(int millis) {
        return OpenFile.awaitWritable(writeEnd(), millis);
    }

    /** Whoever writes gets {@code EPIPE} from here on. */
    public synchronized void closeReadEnd() {
        if (readEnd >= 0) {
            Library.c().close(readEnd);
            readEnd = -1;
        }
    }

    /** Whoever reads comes to the end. */
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
