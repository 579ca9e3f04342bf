package dev.firstboot.bake.code;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads class files, and the resources that ship with them, by path. */
@FunctionalInterface
interface CodeFiles {
    /**
     * Returns the bytes of a file.
     *
     * @param path such as {@code dev/firstboot/bake/Bakery.class}
     */
    Optional<byte[]> read(String path);

    /** Returns the files as {@code start} would find them: in directories, in jars, in nested jars, and in modules. */
    static CodeFiles of(Class<?> start) {
        ClassLoader loader = Objects.requireNonNull(start.getClassLoader(), "the code of Java itself");
        return path -> {
            Optional<byte[]> found = bytes(loader.getResourceAsStream(path), path);
            // A module hides its resources from other code, and a class loader of its own does not know classes of
            // another.
            return found.isPresent() ? found : bytes(inModule(start, path), path);
        };
    }

    /** Returns the same files; each is read once and then cached. */
    default CodeFiles readOnce() {
        Map<String, Optional<byte[]>> known = new ConcurrentHashMap<>();
        return path -> known.computeIfAbsent(path, this::read);
    }

    private static @Nullable InputStream inModule(Class<?> start, String path) {
        if (!path.endsWith(".class")) {
            return start.getResourceAsStream("/" + path);
        }
        String name = path.substring(0, path.length() - ".class".length()).replace('/', '.');
        try {
            return Class.forName(name, false, start.getClassLoader())
                    .getResourceAsStream(path.substring(path.lastIndexOf('/') + 1));
        } catch (ClassNotFoundException | LinkageError notThere) {
            return null;
        }
    }

    private static Optional<byte[]> bytes(@Nullable InputStream in, String path) {
        if (in == null) {
            return Optional.empty();
        }
        try (in) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }
}
