package dev.firstboot.zfs.pool.tree;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path inside a tree, relative to its root; its names are bytes, as the kernel's are. Immutable.
 *
 * <p>The bytes are kept as a string of one character each (ISO 8859-1), which makes them hashable and small.
 */
public final class TreePath {
    /** The root of the tree. */
    public static final TreePath ROOT = new TreePath(List.of());

    /** {@code ZAP_MAXNAMELEN} less its final zero: what ext4 allows, too. */
    private static final int MAX_NAME = 255;

    private final List<String> names;

    private TreePath(List<String> names) {
        this.names = names;
    }

    /** Reads a path; leading {@code /} and {@code ./} and empty names mean nothing. */
    public static TreePath of(byte[] path) {
        List<String> names = new ArrayList<>();
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
        }
        return new TreePath(List.copyOf(names));
    }

    /** Reads a path written in UTF-8. */
    public static TreePath of(String path) {
        return of(path.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether this is the root of the tree. */
    public boolean isRoot() {
        return names.isEmpty();
    }

    /** The names from the root on, each a string of one character per byte. */
    public List<String> names() {
        return names;
    }

    /** The directory that holds this, or nothing for the root. */
    public Optional<TreePath> parent() {
        return isRoot() ? Optional.empty() : Optional.of(new TreePath(names.subList(0, names.size() - 1)));
    }

    /** The directory that the first {@code depth} names lead to. */
    public TreePath above(int depth) {
        return new TreePath(names.subList(0, depth));
    }

    /** The path of the same file seen from the directory that its first {@code depth} names lead to. */
    public TreePath below(int depth) {
        return new TreePath(names.subList(depth, names.size()));
    }

    /** The names with {@code /} between them, as bytes. */
    public byte[] bytes() {
        return String.join("/", names).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String decode(byte[] path) {
        return new String(path, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TreePath path && names.equals(path.names);
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    /** The path from the root, read as UTF-8. */
    @Override
    public String toString() {
        return "/" + decode(bytes());
    }
}
