package dev.firstboot.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Reads resources that ship with a class. */
public final class Resources {
    private Resources() {}

    /**
     * Returns the bytes of the resource {@code name} next to {@code anchor}. A named module must open the package of {@code anchor} to
     * {@code dev.firstboot.core}.
     *
     * @throws IllegalArgumentException if the resource does not exist
     */
    public static byte[] bytes(Class<?> anchor, String name) {
        try (InputStream in = open(anchor, name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource '" + name + "' beside " + anchor.getName(), e);
        }
    }

    /** Opens the same resource; the caller closes the stream. */
    static InputStream open(Class<?> anchor, String name) {
        Objects.requireNonNull(anchor, "anchor");
        Objects.requireNonNull(name, "name");
        InputStream in = anchor.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalArgumentException(
                    "there is no resource '" + Names.printable(name) + "' beside " + anchor.getName() + wayOut(anchor));
        }
        return in;
    }

    /** Returns advice for a module that does not open the package: its resources then look as if they did not exist. */
    private static String wayOut(Class<?> anchor) {
        Module module = anchor.getModule();
        Module reader = Resources.class.getModule();
        return module.isOpen(anchor.getPackageName(), reader)
                ? ""
                : ", or its module hides it: write 'opens " + anchor.getPackageName() + " to " + reader.getName()
                        + ";' in the module-info of " + module.getName();
    }

    /** Returns the same resource as UTF-8 text. */
    public static String text(Class<?> anchor, String name) {
        return new String(bytes(anchor, name), StandardCharsets.UTF_8);
    }
}
