package dev.firstboot.examples.chat;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a chat server must do on its web ports. Each check says what it saw, or throws a {@link ChatException}. */
public final class WebChecks {
    private final WebClient web;
    private final ChatServer server;

    public WebChecks(WebClient web) {
        this.web = web;
        this.server = web.server();
    }

    /** Strangers find no console and no API. */
    public String noConsole() {
        for (String path : new String[] {"/admin/", "/api/status"}) {
            int status = web.text(web.request(path).GET()).statusCode();
            require(status == 404, path + " answers HTTP " + status + " to strangers, not 404");
        }
        return "404";
    }

    /** An XMPP stream opens over WebSocket (RFC 7395). */
    public String webSocket() {
        FirstAnswer answer = new FirstAnswer();
        WebSocket socket = web.webSocket("/ws", "xmpp", answer);
        try {
            require(socket.getSubprotocol().equals("xmpp"), "the server does not speak subprotocol xmpp");
            WebClient.await(socket.sendText(
                    "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='" + server.domain() + "' version='1.0'/>",
                    true));
            String opened = WebClient.await(answer.text);
            require(
                    opened.startsWith("<open") && opened.contains(server.domain()),
                    "the server answers <open> with " + opened);
            return "subprotocol xmpp, stream opened";
        } finally {
            socket.abort();
        }
    }

    /** An XMPP session opens over BOSH (XEP-0206). */
    public String bosh() {
        String body = "<body xmlns='http://jabber.org/protocol/httpbind' xmlns:xmpp='urn:xmpp:xbosh' rid='4711' to='"
                + server.domain() + "' ver='1.6' wait='10' hold='1' xml:lang='en' xmpp:version='1.0'/>";
        HttpResponse<String> answer = web.text(web.request("/bosh")
                .header("Content-Type", "text/xml; charset=utf-8")
                .POST(BodyPublishers.ofString(body)));
        require(
                answer.statusCode() == 200
                        && answer.body().contains("sid=")
                        && answer.body().contains("SCRAM-SHA"),
                "BOSH answers HTTP " + answer.statusCode() + " " + answer.body());
        return "session opened, SCRAM offered";
    }

    /** A file goes up to where the server said, and comes back as it was (XEP-0363). */
    public String upload(ChatClient.UploadSlot slot, byte[] file) {
        HttpResponse<String> put = web.text(HttpRequest.newBuilder(slot.put())
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofByteArray(file)));
        require(put.statusCode() == 201, "the upload gets HTTP " + put.statusCode() + ", not 201");
        HttpResponse<byte[]> got = web.send(HttpRequest.newBuilder(slot.get()).GET(), BodyHandlers.ofByteArray());
        require(
                got.statusCode() == 200 && Arrays.equals(got.body(), file),
                "the file comes back with HTTP " + got.statusCode() + ", " + got.body().length + " B of "
                        + file.length);
        return file.length / 1024 + " KiB up, the same bytes down";
    }

    /** Plain HTTP does nothing but lead to HTTPS. */
    public String redirect() {
        InetSocketAddress plain = server.endpoint(80);
        String answer;
        // Java's HTTP client asks for no other name than that of the address.
        try (Socket socket = new Socket(plain.getAddress(), plain.getPort())) {
            socket.getOutputStream()
                    .write(("GET /any/page HTTP/1.0\r\nHost: " + server.domain() + "\r\n\r\n").getBytes(US_ASCII));
            answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new ChatException("port 80 does not answer", e);
        }
        require(
                answer.matches(
                        "(?s)HTTP/1.1 301 .*\nLocation: https://" + Pattern.quote(server.domain()) + "/any/page\r\n.*"),
                "port 80 answers " + answer.lines().limit(1).toList());
        return "HTTP 301 to https://" + server.domain();
    }

    private static void require(boolean condition, String problem) {
        if (!condition) {
            throw new ChatException(problem);
        }
    }

    /** The first whole text that comes in. */
    private static final class FirstAnswer implements WebSocket.Listener {
        private final StringBuilder parts = new StringBuilder();
        private final CompletableFuture<String> text = new CompletableFuture<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
            parts.append(data);
            if (last) {
                text.complete(parts.toString());
            }
            socket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            text.completeExceptionally(error);
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            text.completeExceptionally(new ChatException("closed with " + code + " " + reason));
            return null;
        }
    }
}
