package dev.firstboot.advisory;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.internal.json.JsonCursor;
import dev.firstboot.internal.json.JsonException;
import dev.firstboot.internal.net.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Debian's security tracker, or a copy of its JSON: the known vulnerabilities in Debian packages. It is only read, so nobody learns which packages an
 * image has. Each use reads all of it, some 60 MB, in a small heap; for many images keep a copy. Immutable, thread-safe.
 *
 * @see <a href="https://security-tracker.debian.org/tracker/">the tracker</a>
 */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public final class SecurityTracker {
    /** Where Debian publishes it. */
    public static final URI DEBIAN = URI.create("https://security-tracker.debian.org/tracker/data/json");

    private final URI uri;
    private final @Nullable URI proxy;

    private SecurityTracker(URI uri, @Nullable URI proxy) {
        this.uri = uri;
        this.proxy = proxy;
    }

    /** Returns Debian's own tracker, at {@link #DEBIAN}. */
    public static SecurityTracker debian() {
        return at(DEBIAN);
    }

    /**
     * Returns a tracker at another address.
     *
     * @param uri an https or file address; with another scheme, anybody could have changed the content
     * @throws IllegalArgumentException if it has another scheme
     */
    public static SecurityTracker at(URI uri) {
        if (!List.of("https", "file").contains(String.valueOf(uri.getScheme()))) {
            throw new IllegalArgumentException("advisories are read by https or from a file, not from '" + uri
                    + "': who is on the way could leave some out");
        }
        return new SecurityTracker(uri, null);
    }

    /** Returns a copy of the tracker in a file. */
    public static SecurityTracker at(Path file) {
        return at(file.toUri());
    }

    /**
     * Returns a copy that uses an HTTP proxy, which sees only the host name. By default the proxy of Java's system properties is used.
     *
     * @param httpProxy such as {@code http://proxy.example.com:3128}; port 80 if none is given
     * @throws IllegalArgumentException if it is not such an address
     */
    public SecurityTracker throughProxy(URI httpProxy) {
        return new SecurityTracker(uri, Addresses.proxy(httpProxy));
    }

    /** Returns the address that it is read from. */
    public URI uri() {
        return uri;
    }

    /**
     * Returns the vulnerabilities that are open in an image with these packages, the most urgent first and the unimportant last. A package counts as
     * fixed from the version that the tracker names for its release, a backport ({@code ~bpo}) from the one named for the later releases that it
     * comes from. Vulnerabilities that the tracker marks as undetermined count as open. Packages from other sources are compared as if they were
     * Debian's.
     *
     * @param suites the suites of Debian that the packages come from, the release itself first
     * @param installed the packages
     * @throws AdvisoryException if the data cannot be fetched within ten minutes, is larger than 1 GiB when fetched, is not the tracker's JSON, or
     *     has nothing about the release; the message names it
     */
    public List<Advisory> open(List<String> suites, List<InstalledPackage> installed) {
        if (suites.isEmpty() || installed.isEmpty()) {
            throw new AdvisoryException(
                    "it is not known which source packages the image is made of: its manifest is of an earlier version; bake it again",
                    null);
        }
        TrackerReader reader = new TrackerReader(new ImagePackages(suites, installed));
        List<Advisory> open;
        try (TrackerFile file = TrackerFile.fetch(uri, proxy, TrackerFile.LARGEST);
                JsonCursor json = JsonCursor.open(Files.newInputStream(file.path()))) {
            open = reader.read(json);
        } catch (JsonException | AdvisoryException e) {
            throw new AdvisoryException(
                    uri + " is not the JSON of Debian's security tracker, or not all of it: " + e.getMessage()
                            + "; fetch it again from " + DEBIAN,
                    e);
        } catch (IOException | UncheckedIOException e) {
            throw new AdvisoryException("cannot read advisories from " + uri + ": " + e, e);
        }
        if (!reader.knowsRelease()) {
            throw new AdvisoryException(
                    uri + " tells nothing of Debian " + suites.get(0)
                            + ": it is not the JSON of Debian's security tracker, or an old one; fetch it again from "
                            + DEBIAN,
                    null);
        }
        return open;
    }

    @Override
    public String toString() {
        return "SecurityTracker[" + uri + "]";
    }
}
