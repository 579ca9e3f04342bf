package dev.firstboot.benchmarks.xmpp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An account that is logged in over WebSocket (RFC 7395), with no more of XMPP than it takes to send and to receive. Thread-safe. */
final class Client implements WebSocket.Listener {
    private static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";
    private static final Pattern SENT = Pattern.compile("<body>(-?[0-9]+)</body>");
    private static final Pattern TEXT = Pattern.compile(">([^<]+)<");

    private final String domain;
    private final String user;
    private final Scram scram;
    private final Latencies latencies;
    private final StringBuilder parts = new StringBuilder();
    private final CompletableFuture<Client> loggedIn = new CompletableFuture<>();
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
    private volatile @Nullable WebSocket socket;
    private boolean authenticated;

    Client(String domain, String user, String password, Latencies latencies) {
        this.domain = domain;
        this.user = user;
        this.latencies = latencies;
        this.scram = new Scram(user, password);
    }

    String user() {
        return user;
    }

    /** Connects and logs in; the result is done when messages can be sent to it. */
    CompletableFuture<Client> login(HttpClient http) {
        return http.newWebSocketBuilder()
                .subprotocols("xmpp")
                .buildAsync(URI.create("wss://" + domain + "/ws"), this)
                .thenCompose(opened -> loggedIn);
    }

    boolean isOpen() {
        WebSocket current = socket;
        return current != null && !current.isInputClosed() && loggedIn.isDone() && !loggedIn.isCompletedExceptionally();
    }

    /** Sends the time to an account. */
    void send(String to, long time) {
        write("<message xmlns='jabber:client' type='chat' to='" + to + "@" + domain + "'><body>" + time
                + "</body></message>");
    }

    /** A WebSocket takes one text at a time. */
    private synchronized void write(String xml) {
        WebSocket current = socket;
        if (current != null) {
            sent = sent.thenCompose(before -> current.sendText(xml, true));
        }
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
        open();
    }

    private void open() {
        write("<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='" + domain + "' version='1.0'/>");
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        parts.append(data);
        if (last) {
            String xml = parts.toString();
            parts.setLength(0);
            try {
                receive(xml);
            } catch (IOException | RuntimeException e) {
                loggedIn.completeExceptionally(e);
                from.abort();
            }
        }
        from.request(1);
        return null;
    }

    private void receive(String xml) throws IOException {
        if (xml.startsWith("<message")) {
            Matcher body = SENT.matcher(xml);
            if (body.find()) {
                latencies.add(System.nanoTime() - Long.parseLong(body.group(1)));
            }
        } else if (!loggedIn.isDone()) {
            negotiate(xml);
        }
    }

    private void negotiate(String xml) throws IOException {
        if (xml.startsWith("<stream:features")) {
            write(
                    authenticated
                            ? "<iq xmlns='jabber:client' type='set' id='bind'>"
                                    + "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
                            : "<auth xmlns='" + SASL + "' mechanism='SCRAM-SHA-1'>" + base64(scram.first())
                                    + "</auth>");
        } else if (xml.startsWith("<challenge")) {
            write("<response xmlns='" + SASL + "'>" + base64(scram.last(text(xml))) + "</response>");
        } else if (xml.startsWith("<success")) {
            authenticated = true;
            open();
        } else if (xml.startsWith("<iq")) {
            write("<presence xmlns='jabber:client'/>");
            loggedIn.complete(this);
        } else if (xml.startsWith("<failure") || xml.startsWith("<close")) {
            throw new IOException(user + " is refused: " + xml);
        }
    }

    private static String text(String xml) throws IOException {
        Matcher text = TEXT.matcher(xml);
        if (!text.find()) {
            throw new IOException("no text in " + xml);
        }
        return new String(Base64.getDecoder().decode(text.group(1)), UTF_8);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        loggedIn.completeExceptionally(error);
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        loggedIn.completeExceptionally(new IOException(user + ": the server closed with " + code + " " + reason));
        return null;
    }
}
