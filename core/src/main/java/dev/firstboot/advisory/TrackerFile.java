package dev.firstboot.advisory;

import dev.firstboot.image.ByteSize;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The tracker's JSON as a file: a given one, or a fetched one that is deleted afterwards. */
final class TrackerFile implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final Duration ALL = Duration.ofMinutes(10);
    private static final int OK = 200;

    /** Far more than its real size, and too little to fill a disk. */
    static final ByteSize LARGEST = ByteSize.gibibytes(1);

    private final Path path;
    private final boolean isOurs;

    private TrackerFile(Path path, boolean isOurs) {
        this.path = path;
        this.isOurs = isOurs;
    }

    /** Returns the file at {@code uri}, fetched if it is remote; then it must not be larger than {@code limit}. */
    static TrackerFile fetch(URI uri, @Nullable URI proxy, ByteSize limit) throws IOException {
        if ("file".equals(uri.getScheme())) {
            return new TrackerFile(Path.of(uri), false);
        }
        TrackerFile file = new TrackerFile(Files.createTempFile("firstboot-advisories-", ".json"), true);
        try {
            file.download(uri, proxy, limit);
            return file;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private void download(URI uri, @Nullable URI proxy, ByteSize limit) throws IOException {
        HttpClient.Builder client =
                HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL);
        if (proxy != null) {
            client.proxy(ProxySelector.of(
                    new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort())));
        }
        CompletableFuture<HttpResponse<Path>> answer = client.build()
                .sendAsync(
                        HttpRequest.newBuilder(uri).GET().build(),
                        answered -> new Limited<>(HttpResponse.BodySubscribers.ofFile(path), limit));
        try {
            int status = answer.get(ALL.toSeconds(), TimeUnit.SECONDS).statusCode();
            if (status != OK) {
                throw new IOException("the server answers " + status);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("not done within " + ALL.toMinutes() + " minutes", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            answer.cancel(true);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        if (isOurs) {
            Files.deleteIfExists(path);
        }
    }
}
