package dev.firstboot.bake.firstboot;

import dev.firstboot.bake.step.HostSettings;
import dev.firstboot.bake.step.Progress;
import dev.firstboot.bake.step.StepException;
import dev.firstboot.bake.step.StepReporter;
import dev.firstboot.image.Digest;
import dev.firstboot.image.Download;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.OptionalLong;

/** Fetches a pinned download; fails if its digest differs. */
final class Fetch {
    private static final Duration CONNECT = Duration.ofSeconds(30);

    private final HostSettings host;
    private final StepReporter reporter;

    Fetch(HostSettings host, StepReporter reporter) {
        this.host = host;
        this.reporter = reporter;
    }

    /**
     * Writes the download to a file.
     *
     * @param recipe the recipe that needs it, for messages
     */
    void fetch(Download download, String recipe, Path file) throws InterruptedException {
        URI uri = download.uri();
        MessageDigest sha256 = Digest.newSha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), sha256)) {
            if ("file".equals(uri.getScheme())) {
                Files.copy(Path.of(uri), out);
            } else {
                overHttp(uri, recipe, out);
            }
        } catch (IOException e) {
            throw new StepException(
                    "cannot fetch " + uri + ", which " + recipe + " asks for: " + e,
                    "check that the address is right and that this host can reach it");
        }
        Digest digest = Digest.of(sha256.digest());
        if (!digest.equals(download.digest())) {
            throw new StepException(
                    uri + ", which " + recipe + " asks for, is not what it was: it has not the digest "
                            + download.digest(),
                    "find out why it changed, with sha256sum; if the new file is the right one, put its digest into the recipe");
        }
    }

    private void overHttp(URI uri, String recipe, OutputStream out) throws IOException, InterruptedException {
        HttpClient.Builder client =
                HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL);
        host.proxy()
                .ifPresent(proxy -> client.proxy(ProxySelector.of(
                        new InetSocketAddress(proxy.getHost(), proxy.getPort() < 0 ? 80 : proxy.getPort()))));
        HttpResponse<InputStream> response =
                client.build().send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            if (response.statusCode() != 200) {
                throw new StepException(
                        "cannot fetch " + uri + ", which " + recipe + " asks for: the server answers "
                                + response.statusCode(),
                        "check the address");
            }
            OptionalLong length = response.headers().firstValueAsLong("Content-Length");
            Progress progress = new Progress(reporter, length.orElse(0));
            byte[] buffer = new byte[1 << 16];
            long done = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                done += n;
                progress.at(done);
            }
        }
    }
}
