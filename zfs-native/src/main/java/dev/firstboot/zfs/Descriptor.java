package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.OpenFile;
import dev.firstboot.zfs.internal.ffi.SocketCalls;
import java.net.SocketAddress;
import java.nio.file.Path;

/**
 * An open file descriptor: a socket, pipe, device or file. A stream moves between it and ZFS inside the kernel. Java's own channels hide their descriptors, so
 * they cannot do that. Serves one transfer at a time; {@link #close()} may be called from any thread.
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
     * Wraps a descriptor that this process has open, for example one that it inherited. {@link #close()} leaves it open. A transfer makes it non-blocking while
     * it runs.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public static Descriptor of(int number) {
        if (number < 0) {
            throw new IllegalArgumentException("not an open file: " + number);
        }
        return new Descriptor(number, false);
    }

    /**
     * Opens an existing file, device or named pipe for writing from its start: {@code open(2)}. Opening a named pipe waits for its reader.
     *
     * @throws dev.firstboot.zfs.error.ZfsCallException if it cannot be opened
     */
    public static Descriptor toWrite(Path path) {
        return new Descriptor(OpenFile.toWrite(path.toString()).fd(), true);
    }

    /**
     * Opens an existing file, device or named pipe for reading from its start: {@code open(2)}. Opening a named pipe waits for its writer.
     *
     * @throws dev.firstboot.zfs.error.ZfsCallException if it cannot be opened
     */
    public static Descriptor toRead(Path path) {
        return new Descriptor(OpenFile.toRead(path.toString()).fd(), true);
    }

    /**
     * Connects a socket.
     *
     * @param address an {@link java.net.InetSocketAddress} or a {@link java.net.UnixDomainSocketAddress}
     * @throws dev.firstboot.zfs.error.ZfsCallException if nobody listens there
     */
    public static Descriptor connect(SocketAddress address) {
        return new Descriptor(SocketCalls.connect(address), true);
    }

    /** Returns a descriptor that {@link #close()} closes. */
    static Descriptor owned(int number) {
        return new Descriptor(number, true);
    }

    /** Returns its number. */
    public int number() {
        return number;
    }

    /** Ends the output of a socket: {@code shutdown(2)}. Its peer reads the end of the stream; the socket can still be read. */
    public synchronized void endOutput() {
        if (!closed) {
            SocketCalls.endOutput(number);
        }
    }

    /** Closes the descriptor if this class opened it. Does nothing the second time. Do not call it while a transfer runs. */
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
