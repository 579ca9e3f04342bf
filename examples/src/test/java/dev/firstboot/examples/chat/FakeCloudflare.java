package dev.firstboot.examples.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * As much of Cloudflare's API as certbot's plugin uses: zones and their TXT records, which it hands on to the DNS server that the ACME
 * authority asks. It wants its token, and can be told to refuse everything.
 */
final class FakeCloudflare implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ZONE = "0123456789abcdef0123456789abcdef";

    private final HttpServer http;
    private final String token;
    private final String zone;
    private final URI dns;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, JsonNode> records = new ConcurrentHashMap<>();
    private final AtomicInteger serial = new AtomicInteger();
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final AtomicInteger refusals = new AtomicInteger();

    FakeCloudflare(String token, String zone, URI dns) throws IOException {
        this.token = token;
        this.zone = zone;
        this.dns = dns;
        http = HttpServer.create(new InetSocketAddress(0), 0);
        http.createContext("/client/v4/", this::serve);
        http.start();
    }

    /** The base of the API, for a client that reaches this host at {@code host}. */
    URI uri(String host) {
        return URI.create("http://" + host + ":" + http.getAddress().getPort() + "/client/v4");
    }

    void refuse(boolean on) {
        refusing.set(on);
    }

    int refusals() {
        return refusals.get();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/client/v4".length());
            boolean known = List.of("Bearer " + token)
                    .equals(exchange.getRequestHeaders().get("Authorization"));
            if (refusing.get() || !known) {
                refusals.incrementAndGet();
                answer(
                        exchange,
                        403,
                        Map.of(
                                "success", false,
                                "result", List.of(),
                                "messages", List.of(),
                                "errors", List.of(Map.of("code", 9109, "message", "Invalid access token"))));
                return;
            }
            answer(
                    exchange,
                    200,
                    Map.of(
                            "success", true,
                            "errors", List.of(),
                            "messages", List.of(),
                            "result_info",
                                    Map.of("page", 1, "per_page", 20, "total_pages", 1, "count", 1, "total_count", 1),
                            "result", result(exchange, path)));
        }
    }

    private Object result(HttpExchange exchange, String path) throws IOException {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        if (path.equals("/zones")) {
            return query.contains("name=" + zone) ? List.of(Map.of("id", ZONE, "name", zone)) : List.of();
        }
        if (path.equals("/zones/" + ZONE + "/dns_records")) {
            if (!exchange.getRequestMethod().equals("POST")) {
                return records.entrySet().stream()
                        .filter(record ->
                                query.contains(record.getValue().path("content").asText()))
                        .map(record -> Map.of("id", record.getKey()))
                        .toList();
            }
            JsonNode record = JSON.readTree(exchange.getRequestBody());
            String id = "record" + serial.incrementAndGet();
            records.put(id, record);
            publish(record.path("name").asText());
            return Map.of("id", id);
        }
        String id = path.substring(path.lastIndexOf('/') + 1);
        JsonNode removed = records.remove(id);
        if (removed != null) {
            publish(removed.path("name").asText());
        }
        return Map.of("id", id);
    }

    /** Tells the DNS server all the texts of this name. */
    private void publish(String name) throws IOException {
        post("/clear-txt", Map.of("host", name + "."));
        for (JsonNode record : records.values()) {
            if (record.path("name").asText().equals(name)) {
                post(
                        "/set-txt",
                        Map.of(
                                "host",
                                name + ".",
                                "value",
                                record.path("content").asText()));
            }
        }
    }

    private void post(String path, Map<String, String> body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(dns.resolve(path))
                .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build();
        try {
            client.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, Object> body) throws IOException {
        byte[] bytes = JSON.writeValueAsString(body).getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        http.stop(0);
    }
}
