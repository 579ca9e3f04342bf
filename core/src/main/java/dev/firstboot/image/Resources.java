package dev.firstboot.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Reads what ships beside a class. */
public final class Resources {
    private Resources() {}

    /**
     * The bytes of the resource {@code name} beside {@code anchor}.
     *
     * @throws IllegalArgumentException if there is no such resource
     */
    public static byte[] bytes(Class<?> anchor, String name) {
        Objects.requireNonNull(anchor, "anchor");
        Objects.requireNonNull(name, "name");
        try (InputStream in = anchor.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no resource '" + name + "' beside " + anchor.getName());
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource '" + name + "' beside " + anchor.getName(), e);
        }
    }

    /** The same as UTF-8 text. */
    public static String text(Class<?> anchor, String name) {
        return new String(bytes(anchor, name), StandardCharsets.UTF_8);
    }
}
