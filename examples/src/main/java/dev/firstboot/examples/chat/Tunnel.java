package dev.firstboot.examples.chat;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in for DNS: an HTTP proxy on loopback that leads {@code CONNECT chat.example.com:443} to the port where the server really is. So a
 * client uses the server's own URLs, with its own name and ports, and verifies its certificate end to end.
 */
final class Tunnel implements Closeable {
    private static final int LONGEST_HEAD = 8192;

    private final ChatServer server;
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tunnel");
        thread.setDaemon(true);
        return thread;
    });

    Tunnel(ChatServer server) {
        this.server = server;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on loopback", e);
        }
        threads.execute(this::accept);
    }

    /** Sends a client through this tunnel. */
    ProxySelector selector() {
        return ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort()));
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            String[] request = head(in).split(" ", 3);
            String[] target = request.length == 3 ? request[1].split(":", 2) : new String[0];
            OutputStream out = client.getOutputStream();
            if (!request[0].equals("CONNECT") || target.length != 2 || !isOurs(target[0])) {
                out.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return;
            }
            InetSocketAddress endpoint = server.endpoint(Integer.parseInt(target[1]));
            try (Socket machine = new Socket(endpoint.getAddress(), endpoint.getPort())) {
                out.write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                threads.execute(() -> pump(in, machine));
                machine.getInputStream().transferTo(out);
            }
        } catch (IOException e) {
            // The client sees that its connection is closed.
        }
    }

    private boolean isOurs(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals(server.domain()) || name.endsWith("." + server.domain());
    }

    private static void pump(InputStream from, Socket to) {
        try {
            from.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException e) {
            // The other direction ends with it.
        }
    }

    /** Reads up to the empty line, and gives the first line. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > LONGEST_HEAD) {
                throw new IOException("not an HTTP request");
            }
            head.append((char) next);
        }
        return head.substring(0, head.indexOf("\r\n"));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
