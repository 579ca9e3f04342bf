package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.OpenFile;
import dev.firstboot.zfs.internal.ffi.SocketCalls;
import java.net.SocketAddress;
import java.nio.file.Path;

/**
 * An open file of the kernel's: a socket, pipe, device or file. A stream moves between it and ZFS without entering this process, which Java's own channels do
 * not allow, as they keep their descriptor to themselves. Serves one transfer at a time; {@link #close()} may come from any thread.
 */
public final class Descriptor implements AutoCloseable {
    private final int number;
    private final boolean ours;
    private boolean closed;

    private Descriptor(int number, boolean ours) {
        this.number = number;
        this.ours = ours;
    }

    /**
     * One that this process has open under this number, for example as it was inherited. Whoever opened it closes it; a transfer makes it non-blocking as long
     * as it lasts.
     */
    public static Descriptor of(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("not an open file: " + number);
        }
        return new Descriptor(number, false);
    }

    /**
     * A file, device or named pipe that is there, opened to be written from its start; a pipe waits for its reader.
     *
     * @throws dev.firstboot.zfs.error.ZfsCallException if it cannot be opened
     */
    public static Descriptor toWrite(Path path) {
        return new Descriptor(OpenFile.toWrite(path.toString()).fd(), true);
    }

    /** The same to be read; a pipe waits for its writer. */
    public static Descriptor toRead(Path path) {
        return new Descriptor(OpenFile.toRead(path.toString()).fd(), true);
    }

    /**
     * A socket connected to an address, which is {@link java.net.InetSocketAddress} or {@link java.net.UnixDomainSocketAddress}.
     *
     * @throws dev.firstboot.zfs.error.ZfsCallException if nobody listens there
     */
    public static Descriptor connect(SocketAddress address) {
        return new Descriptor(SocketCalls.connect(address), true);
    }

    /** One that is closed with it. */
    static Descriptor owned(int number) {
        return new Descriptor(number, true);
    }

    /** Its number. */
    public int number() {
        return number;
    }

    /** Whoever reads the other side comes to the end; of sockets only, which can still be read. */
    public synchronized void endOutput() {
        if (!closed) {
            SocketCalls.endOutput(number);
        }
    }

    /** Closes it, if it was opened here. Not while a transfer uses it. */
    @Override
    public synchronized void close() {
        if (ours && !closed) {
            OpenFile.closed(number);
        }
        closed = true;
    }

    @Override
    public String toString() {
        return "descriptor " + number;
    }
}
