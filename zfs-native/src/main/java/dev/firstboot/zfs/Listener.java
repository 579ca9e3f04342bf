package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.OpenFile;
import dev.firstboot.zfs.internal.ffi.SocketCalls;
import java.net.SocketAddress;

/** Listens on a socket and accepts connections as descriptors, which send or receive streams without copies in this process. Thread-safe. */
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
     * @param address an {@link java.net.InetSocketAddress}, whose port 0 means any free port, or a {@link java.net.UnixDomainSocketAddress} that does not exist yet
     * @throws dev.firstboot.zfs.error.ZfsCallException if it cannot listen there
     */
    public static Listener on(SocketAddress address) {
        int socket = SocketCalls.listen(address);
        return new Listener(socket, SocketCalls.local(socket, address));
    }

    /** Returns the address that it listens on, with the port that was chosen. */
    public SocketAddress address() {
        return address;
    }

    /**
     * Waits for a connection. The caller closes the descriptor.
     *
     * @throws IllegalStateException if the listener is closed or the waiting thread is interrupted first
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

    /** Stops listening and closes the socket; a waiting {@link #accept()} throws. The file of a Unix domain socket stays. */
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
