package dev.firstboot.image;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Checks bytes that an image refers to. Thread-safe. */
final class References {
    /** The classes that references were created with: baking threads may have another class loader. */
    private static final Map<String, WeakReference<Class<?>>> ANCHORS = new ConcurrentHashMap<>();

    private References() {}

    static void requireLength(long length) {
        if (length < 0) {
            throw new IllegalArgumentException("length " + length + " of a file is negative");
        }
    }

    static Content.HostFile hostFile(Path file) {
        Path absolute = Objects.requireNonNull(file, "file").toAbsolutePath();
        if (!Files.isRegularFile(absolute)) {
            throw new IllegalArgumentException(
                    absolute + (Files.exists(absolute) ? " is no regular file" : " does not exist"));
        }
        try (InputStream in = Files.newInputStream(absolute)) {
            MessageDigest sha256 = Digest.newSha256();
            long length = in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
            return new Content.HostFile(absolute.toString(), Digest.of(sha256.digest()), length);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + absolute, e);
        }
    }

    static Content.Resource resource(Class<?> anchor, String name) {
        try (InputStream in = Resources.open(anchor, name)) {
            MessageDigest sha256 = Digest.newSha256();
            long length = in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
            ANCHORS.put(anchor.getName(), new WeakReference<>(anchor));
            return new Content.Resource(anchor.getName(), name, Digest.of(sha256.digest()), length);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource '" + name + "' beside " + anchor.getName(), e);
        }
    }

    static InputStream open(Content.Resource resource) throws IOException {
        InputStream in = anchor(resource.anchor()).getResourceAsStream(resource.name());
        if (in == null) {
            throw new FileNotFoundException("the class is there, and the resource is not");
        }
        return in;
    }

    private static Class<?> anchor(String name) throws IOException {
        WeakReference<Class<?>> known = ANCHORS.get(name);
        Class<?> anchor = known == null ? null : known.get();
        if (anchor != null) {
            return anchor;
        }
        ClassLoader own = References.class.getClassLoader();
        Class<?> found = load(name, Thread.currentThread().getContextClassLoader());
        found = found == null ? load(name, own) : found;
        if (found == null) {
            throw new FileNotFoundException("there is no such class on the class path");
        }
        return found;
    }

    private static @Nullable Class<?> load(String name, @Nullable ClassLoader loader) {
        try {
            return loader == null ? null : Class.forName(name, false, loader);
        } catch (ClassNotFoundException | LinkageError notThere) {
            return null;
        }
    }
}
