package dev.firstboot.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * An absolute path inside an image, such as {@code /etc/nginx/nginx.conf}: normalized, so equal paths are equal strings. It says nothing about the
 * host.
 *
 * @param value the path, starting with {@code /}, with no empty, {@code .} or {@code ..} part
 */
public record UnixPath(String value) implements Comparable<UnixPath> {
    private static final int PATH_MAX = 4095;
    private static final int NAME_MAX = 255;

    public UnixPath {
        if (!Objects.requireNonNull(value, "value").startsWith("/")) {
            throw new IllegalArgumentException(
                    "path '" + Names.printable(value) + "' must be absolute: begin it with '/'");
        }
        if (value.chars().anyMatch(c -> c < ' ' || c == 127) || bytes(value) > PATH_MAX) {
            throw new IllegalArgumentException("path '" + Names.printable(value)
                    + "' is not valid: no control characters, at most " + PATH_MAX + " bytes");
        }
        if (Arrays.stream(value.split("/")).anyMatch(part -> bytes(part) > NAME_MAX)) {
            throw new IllegalArgumentException("path '" + Names.printable(value)
                    + "' is not valid: a name in it is longer than " + NAME_MAX + " bytes");
        }
        if (!value.equals("/")
                && !Arrays.stream(value.substring(1).split("/", -1)).allMatch(UnixPath::isPart)) {
            throw new IllegalArgumentException("path '" + Names.printable(value)
                    + "' is not normalized: leave out '//', '.', '..' and a trailing '/'");
        }
    }

    /** Returns a path. Throws {@link IllegalArgumentException} if {@code value} is relative or not normalized. */
    public static UnixPath of(String value) {
        return new UnixPath(value);
    }

    /** Returns the path of {@code name} below this one. */
    public UnixPath resolve(String name) {
        Objects.requireNonNull(name, "name");
        return new UnixPath((value.equals("/") ? "/" : value + "/") + name);
    }

    /** Returns whether this path is {@code other} or is below it. */
    public boolean startsWith(UnixPath other) {
        Objects.requireNonNull(other, "other");
        return value.equals(other.value) || value.startsWith(other.value.equals("/") ? "/" : other.value + "/");
    }

    private static boolean isPart(String part) {
        return !part.isEmpty() && !part.equals(".") && !part.equals("..");
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public int compareTo(UnixPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
