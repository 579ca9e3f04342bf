package dev.firstboot.examples.chat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Speaks HTTPS and WebSocket to a chat server under its own name. Thread-safe. */
public final class WebClient implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(60);

    private final ChatServer server;
    private final Tunnel tunnel;
    private final HttpClient http;

    public WebClient(ChatServer server) {
        this.server = server;
        tunnel = new Tunnel(server);
        http = HttpClient.newBuilder()
                .sslContext(server.trust().context())
                .proxy(tunnel.selector())
                .connectTimeout(LIMIT)
                .build();
    }

    /** The server spoken to. */
    public ChatServer server() {
        return server;
    }

    /** A request for a path of the server. */
    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://" + server.domain() + path));
    }

    HttpResponse<String> text(HttpRequest.Builder request) {
        return send(request, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> body) {
        return send(http, request.timeout(LIMIT).build(), body);
    }

    static <T> HttpResponse<T> send(HttpClient http, HttpRequest request, BodyHandler<T> body) {
        try {
            return http.send(request, body);
        } catch (IOException e) {
            throw new ChatException(request.uri() + " cannot be had", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException(request.uri() + " was interrupted", e);
        }
    }

    /** Opens a WebSocket with a subprotocol. */
    WebSocket webSocket(String path, String subprotocol, WebSocket.Listener listener) {
        return await(http.newWebSocketBuilder()
                .subprotocols(subprotocol)
                .connectTimeout(LIMIT)
                .buildAsync(URI.create("wss://" + server.domain() + path), listener));
    }

    static <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new ChatException("WebSocket", e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChatException("WebSocket was interrupted", e);
        }
    }

    @Override
    public void close() {
        tunnel.close();
    }
}
