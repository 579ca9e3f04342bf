package dev.firstboot.examples.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.firstboot.examples.chat.ChatServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An answer to an HTTP/1.1 request that is sent as it is written: paths, names and headers that no client would send.
 *
 * @param text the answer, from the status line to its end
 */
record RawHttp(String text) {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** Asks port 443 for a path in the server's own name. */
    static RawHttp ask(ChatServer server, String method, String path, String... headers) throws IOException {
        return as(server, server.domain(), method, path, headers);
    }

    /** Asks port 443 for a path in this name. */
    static RawHttp as(ChatServer server, String host, String method, String path, String... headers)
            throws IOException {
        return send(server, request(host, method, path, List.of(headers), ""));
    }

    /** The same with a body. */
    static RawHttp as(ChatServer server, String host, String method, String path, List<String> headers, String body)
            throws IOException {
        return send(server, request(host, method, path, headers, body));
    }

    private static String request(String host, String method, String path, List<String> headers, String body) {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        if (!host.isEmpty()) {
            request.append("Host: ").append(host).append("\r\n");
        }
        headers.forEach(header -> request.append(header).append("\r\n"));
        if (!body.isEmpty()) {
            request.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        return request + "\r\n" + body;
    }

    /** Sends text to port 443, whatever it is. */
    private static RawHttp send(ChatServer server, String request) throws IOException {
        try (Socket socket = RawTls.connect(server, 443, LIMIT)) {
            return exchange(socket, request);
        }
    }

    /** Asks port 80 for a path in this name. */
    static RawHttp plain(ChatServer server, String host, String path) throws IOException {
        InetSocketAddress address = server.endpoint(80);
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            return exchange(socket, request(host, "GET", path, List.of(), ""));
        }
    }

    private static RawHttp exchange(Socket socket, String request) throws IOException {
        socket.setSoTimeout(Math.toIntExact(LIMIT.toMillis()));
        try {
            socket.getOutputStream().write(request.getBytes(ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (SocketException e) {
            // A server that does not want the body answers and closes before it has come.
        }
        return new RawHttp(new String(socket.getInputStream().readAllBytes(), ISO_8859_1));
    }

    int status() {
        return Integer.parseInt(text.split(" ", 3)[1]);
    }

    /** Every value of a header, in order. */
    List<String> header(String name) {
        String head = text.substring(0, text.indexOf("\r\n\r\n"));
        Pattern line = Pattern.compile("(?m)^" + Pattern.quote(name.toLowerCase(Locale.ROOT)) + ": *(.*?)\r?$");
        return head.lines()
                .map(one -> one.substring(0, Math.max(0, one.indexOf(':'))).toLowerCase(Locale.ROOT)
                        + one.substring(Math.max(0, one.indexOf(':'))))
                .flatMap(one -> line.matcher(one).results())
                .map(match -> match.group(1))
                .toList();
    }

    String body() {
        return text.substring(text.indexOf("\r\n\r\n") + 4);
    }
}
