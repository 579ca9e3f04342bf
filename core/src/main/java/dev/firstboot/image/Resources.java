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
     * The bytes of the resource {@code name} beside {@code anchor}. A named module must open the package of {@code anchor} to {@code dev.firstboot.core}.
     *
     * @throws IllegalArgumentException if there is no such resource
     */
    public static byte[] bytes(Class<?> anchor, String name) {
        try (InputStream in = open(anchor, name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource '" + name + "' beside " + anchor.getName(), e);
        }
    }

    /** The same, to be read and closed by the caller. */
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

    /** A module keeps its resources to itself, and answers as if they were not there. */
    private static String wayOut(Class<?> anchor) {
        Module module = anchor.getModule();
        Module reader = Resources.class.getModule();
        return module.isOpen(anchor.getPackageName(), reader)
                ? ""
                : ", or its module hides it: write 'opens " + anchor.getPackageName() + " to " + reader.getName()
                        + ";' in the module-info of " + module.getName();
    }

    /** The same as UTF-8 text. */
    public static String text(Class<?> anchor, String name) {
        return new String(bytes(anchor, name), StandardCharsets.UTF_8);
    }
}
