package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.OpenFile;
import dev.firstboot.zfs.internal.ffi.SocketCalls;
import java.net.SocketAddress;

/** A socket that others connect to, to send or receive streams without copies in this process. Thread-safe. */
public final class Listener implements AutoCloseable {
    private static final int WATCH = 100;

    private final int socket;
    private final SocketAddress address;
    private volatile boolean closing;

    private Listener(int socket, SocketAddress address) {
        this.socket = socket;
        this.address = address;
    }

    /**
     * Starts listening.
     *
     * @param address an {@link java.net.InetSocketAddress}, with port 0 for any that is free, or a {@link java.net.UnixDomainSocketAddress} that is not there yet
     */
    public static Listener on(SocketAddress address) {
        int socket = SocketCalls.listen(address);
        return new Listener(socket, SocketCalls.local(socket, address));
    }

    /** Where it listens. */
    public SocketAddress address() {
        return address;
    }

    /**
     * Waits for somebody to connect.
     *
     * @throws IllegalStateException if it is closed, or the waiting thread interrupted, before somebody did
     */
    public Descriptor accept() {
        while (!closing && !Thread.currentThread().isInterrupted()) {
            synchronized (this) {
                if (!closing && OpenFile.awaitReadable(socket, WATCH)) {
                    int accepted = SocketCalls.accept(socket);
                    if (accepted >= 0) {
                        return Descriptor.owned(accepted);
                    }
                }
            }
        }
        throw new IllegalStateException(closing ? "this listener is closed" : "interrupted while nobody connected");
    }

    @Override
    public void close() {
        boolean first = !closing;
        closing = true;
        synchronized (this) {
            if (first) {
                OpenFile.closed(socket);
            }
        }
    }
}
