package dev.firstboot.zfs.internal.ffi;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.zfs.error.ZfsCallException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import jnr.ffi.LastError;
import jnr.ffi.Pointer;

/** Connects, listens and accepts on stream sockets: socket(2). */
public final class SocketCalls {
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    /** SOCK_STREAM with SOCK_CLOEXEC. */
    private static final int STREAM = 1 | 0x80000;

    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_REUSEADDR = 2;
    private static final int SHUT_WR = 1;
    private static final int BACKLOG = 16;
    private static final int EAGAIN = 11;
    private static final int ECONNABORTED = 103;

    /** Bytes of {@code sockaddr_un}, the largest of them, and of the path in it with its NUL. */
    private static final int ADDRESS_SIZE = 110;

    private static final int PATH_SIZE = 108;
    private static final int INET_SIZE = 16;
    private static final int INET6_SIZE = 28;
    private static final int INET6_ADDRESS = 8;

    private SocketCalls() {}

    /** Returns a socket connected to an address. */
    public static int connect(SocketAddress address) {
        return opened(address, (socket, memory, size) -> Library.c().connect(socket, memory, size), "connect");
    }

    /** Returns a listening socket, on which {@link #accept} never waits. */
    public static int listen(SocketAddress address) {
        return opened(
                address,
                (socket, memory, size) -> {
                    memory.putInt(ADDRESS_SIZE, 1);
                    Library.c().setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, memory.slice(ADDRESS_SIZE), Integer.BYTES);
                    int bound = Library.c().bind(socket, memory, size);
                    OpenFile.nonBlocking(socket, true);
                    return bound == 0 ? Library.c().listen(socket, BACKLOG) : bound;
                },
                "bind");
    }

    /** Returns the socket of the next connection; -1 if nobody waits. */
    public static int accept(int socket) {
        int accepted = Library.c().accept4(socket, null, null, SOCK_CLOEXEC);
        if (accepted < 0) {
            int error = LastError.getLastError(Library.runtime());
            if (error != EAGAIN && error != ECONNABORTED) {
                throw Library.failure("accept4", "");
            }
        }
        return accepted;
    }

    /** Returns the address with the port that the kernel chose. */
    public static SocketAddress local(int socket, SocketAddress wanted) {
        if (!(wanted instanceof InetSocketAddress internet)) {
            return wanted;
        }
        try (Scope scope = new Scope()) {
            Pointer memory = scope.zeros(ADDRESS_SIZE + Integer.BYTES);
            memory.putInt(ADDRESS_SIZE, ADDRESS_SIZE);
            Library.c().getsockname(socket, memory, memory.slice(ADDRESS_SIZE));
            int port = Byte.toUnsignedInt(memory.getByte(2)) << Byte.SIZE | Byte.toUnsignedInt(memory.getByte(3));
            return new InetSocketAddress(internet.getAddress(), port);
        }
    }

    /** Ends the output: the peer reads the end of the stream. {@code shutdown(2)}. */
    public static void endOutput(int socket) {
        Library.c().shutdown(socket, SHUT_WR);
    }

    private interface Use {
        int of(int socket, Pointer memory, int size);
    }

    private static int opened(SocketAddress address, Use use, String function) {
        try (Scope scope = new Scope()) {
            Pointer memory = scope.zeros(ADDRESS_SIZE + Integer.BYTES);
            int size = put(address, memory);
            int socket = Library.c().socket(memory.getShort(0), STREAM, 0);
            if (socket < 0) {
                throw Library.failure("socket", address.toString());
            }
            if (use.of(socket, memory, size) != 0) {
                ZfsCallException failure = Library.failure(function, address.toString());
                OpenFile.closed(socket);
                throw failure;
            }
            return socket;
        }
    }

    /** Writes a {@code sockaddr} and returns its size. */
    private static int put(SocketAddress address, Pointer memory) {
        if (address instanceof UnixDomainSocketAddress unix) {
            byte[] path = unix.getPath().toString().getBytes(UTF_8);
            if (path.length == 0 || path.length >= PATH_SIZE) {
                throw new IllegalArgumentException(
                        "a socket's path has 1 to " + (PATH_SIZE - 1) + " bytes: '" + unix + "'");
            }
            memory.putShort(0, (short) AF_UNIX);
            memory.put(2, path, 0, path.length);
            return ADDRESS_SIZE;
        }
        if (!(address instanceof InetSocketAddress internet) || internet.isUnresolved()) {
            throw new IllegalArgumentException("not an address that was resolved: " + address);
        }
        memory.putByte(2, (byte) (internet.getPort() >> Byte.SIZE));
        memory.putByte(3, (byte) internet.getPort());
        InetAddress host = internet.getAddress();
        byte[] bytes = host.getAddress();
        if (host instanceof Inet6Address six) {
            memory.putShort(0, (short) AF_INET6);
            memory.put(INET6_ADDRESS, bytes, 0, bytes.length);
            memory.putInt(INET6_ADDRESS + bytes.length, six.getScopeId());
            return INET6_SIZE;
        }
        memory.putShort(0, (short) AF_INET);
        memory.put(4, bytes, 0, bytes.length);
        return INET_SIZE;
    }
}
