package dev.firstboot.zfs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Where {@code ./dev setup} puts OpenZFS's tools and libraries on a host that has not installed them. */
public final class FetchedOpenZfs {
    private FetchedOpenZfs() {}

    /** The file whose name begins so; empty if the host has OpenZFS installed. */
    public static Optional<Path> file(String start) {
        return directory().map(root -> find(root, start));
    }

    private static Optional<Path> directory() {
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches =
                xdg != null && xdg.startsWith("/") ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return Optional.of(caches.resolve("firstboot/openzfs")).filter(Files::isDirectory);
    }

    private static Path find(Path root, String start) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.getFileName().toString().startsWith(start) && !Files.isDirectory(file))
                    .sorted()
                    .filter(file -> !file.toString().contains("/share/"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("there is no " + start + " in " + root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
