package dev.firstboot.zfs.poolimage.tree;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path inside a tree, relative to its root. Its names are bytes, as in the kernel. Immutable.
 *
 * <p>Each byte is one character of a string (ISO 8859-1), which makes names small and hashable.
 */
public final class TreePath {
    /** The root of the tree. */
    public static final TreePath ROOT = new TreePath(List.of());

    /** {@code ZAP_MAXNAMELEN} less its final zero; also the limit of ext4. */
    private static final int MAX_NAME = 255;

    /** {@code PATH_MAX} less its final zero: no program could open a file with a longer path. */
    private static final int MAX_PATH = 4095;

    private static final int TOLD = 100;

    private final List<String> names;

    private TreePath(List<String> names) {
        this.names = names;
    }

    /**
     * Reads a path of at most 4095 bytes. Ignores a leading {@code /}, empty names and {@code .}.
     *
     * @throws MalformedTreeException if the path has a {@code ..} or a zero byte, or if it or one of its names is too long
     */
    public static TreePath of(byte[] path) {
        if (path.length > 2 * MAX_PATH) {
            throw tooLong(path, path.length);
        }
        List<String> names = new ArrayList<>();
        int length = -1;
        for (String name : new String(path, StandardCharsets.ISO_8859_1).split("/", -1)) {
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                throw new MalformedTreeException(
                        "the path '" + decode(path) + "' leaves the tree by '..'; make the archive from its own root");
            }
            if (name.indexOf('\0') >= 0) {
                throw new MalformedTreeException("the path '" + decode(path) + "' has a zero byte in it");
            }
            if (name.length() > MAX_NAME) {
                throw new MalformedTreeException("a name in '" + decode(path) + "' has " + name.length()
                        + " bytes; a name has at most " + MAX_NAME);
            }
            names.add(name);
            length += 1 + name.length();
        }
        if (length > MAX_PATH) {
            throw tooLong(path, length);
        }
        return new TreePath(List.copyOf(names));
    }

    private static MalformedTreeException tooLong(byte[] path, int length) {
        return new MalformedTreeException(
                "the path '" + decode(path) + "' has " + length + " bytes; a path has at most " + MAX_PATH);
    }

    /** Reads a path written in UTF-8. */
    public static TreePath of(String path) {
        return of(utf8(path));
    }

    /** Returns the bytes of a name; refuses a lone surrogate, which would become a question mark. */
    static byte[] utf8(String name) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
            byte[] array = new byte[bytes.remaining()];
            bytes.get(array);
            return array;
        } catch (CharacterCodingException e) {
            throw new MalformedTreeException("'" + name + "' has half a character in it, which UTF-8 cannot say");
        }
    }

    /** Returns whether this is the root of the tree. */
    public boolean isRoot() {
        return names.isEmpty();
    }

    /** Returns the names from the root on, each with one character per byte. */
    public List<String> names() {
        return names;
    }

    /** Returns the parent directory; empty for the root. */
    public Optional<TreePath> parent() {
        return isRoot() ? Optional.empty() : Optional.of(new TreePath(names.subList(0, names.size() - 1)));
    }

    /** Returns this path relative to the directory of its first {@code depth} names. */
    public TreePath below(int depth) {
        return new TreePath(names.subList(depth, names.size()));
    }

    /** Returns the names with {@code /} between them, as bytes. */
    public byte[] bytes() {
        return String.join("/", names).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the start of a path as text, for errors. */
    private static String decode(byte[] path) {
        return new String(path, 0, Math.min(path.length, TOLD), StandardCharsets.UTF_8)
                + (path.length > TOLD ? "…" : "");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreePath path && names.equals(path.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    /** Returns the path from the root, read as UTF-8. */
    @Override
    public String toString() {
        return "/" + new String(bytes(), StandardCharsets.UTF_8);
    }
}
