package dev.firstboot.advisory;

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
 * Debian's security tracker, or a copy of its JSON: what is known of vulnerabilities in Debian's packages. It is only read: nobody is told which
 * packages an image has. It is read from beginning to end each time, some 60 MB, in a small heap; for many images keep a copy. Immutable,
 * thread-safe.
 *
 * @see <a href="https://security-tracker.debian.org/tracker/">the tracker</a>
 */
public final class SecurityTracker {
    /** Where Debian publishes it. */
    public static final URI DEBIAN = URI.create("https://security-tracker.debian.org/tracker/data/json");

    private final URI uri;
    private final @Nullable URI proxy;

    private SecurityTracker(URI uri, @Nullable URI proxy) {
        this.uri = uri;
        this.proxy = proxy;
    }

    /** Debian's own, at {@link #DEBIAN}. */
    public static SecurityTracker debian() {
        return at(DEBIAN);
    }

    /**
     * One at another address.
     *
     * @param uri with https or file: what is fetched without either could be anybody's
     * @throws IllegalArgumentException if it has another scheme
     */
    public static SecurityTracker at(URI uri) {
        if (!List.of("https", "file").contains(String.valueOf(uri.getScheme()))) {
            throw new IllegalArgumentException("advisories are read by https or from a file, not from '" + uri
                    + "': who is on the way could leave some out");
        }
        return new SecurityTracker(uri, null);
    }

    /** A copy in a file. */
    public static SecurityTracker at(Path file) {
        return at(file.toUri());
    }

    /**
     * The same, asked through an HTTP proxy, which sees the host's name and nothing else; through what Java's own properties name if not said.
     *
     * @param httpProxy such as {@code http://proxy.example.com:3128}; port 80 if it names none
     * @throws IllegalArgumentException if it is no such address
     */
    public SecurityTracker throughProxy(URI httpProxy) {
        return new SecurityTracker(uri, Addresses.proxy(httpProxy));
    }

    /** Where it is read from. */
    public URI uri() {
        return uri;
    }

    /**
     * The vulnerabilities that are open in an image with these packages, the most urgent first and the unimportant last. A package counts as
     * fixed from the version on that the tracker names for its release, and a backport ({@code ~bpo}) from the one on that it names for the later
     * releases that it comes from. What the tracker holds to be undetermined counts as open. Packages that are not Debian's are compared as if they were.
     *
     * @param suites the suites of Debian that the packages come from, the release itself first
     * @param installed the packages
     * @throws AdvisoryException if it cannot be had within ten minutes, is larger than 1 GiB there, is not the tracker's JSON, or tells nothing of the release; naming it
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
