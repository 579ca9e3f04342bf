package dev.firstboot.bake.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The index of an archived file tree: every path with its metadata, and the text of a few requested files. Immutable. */
public final class Tree {
    private static final int LINKS_MAX = 40;
    private static final int TEXT_MAX = 64 << 20;

    private final NavigableMap<String, TarEntry> entries;
    private final Map<String, String> texts;

    private Tree(NavigableMap<String, TarEntry> entries, Map<String, String> texts) {
        this.entries = entries;
        this.texts = texts;
    }

    /** Reads the index of a tar file in one pass; skips contents except of files whose path matches {@code keepText}. */
    public static Tree read(Path tar, Predicate<String> keepText) {
        NavigableMap<String, TarEntry> entries = new TreeMap<>();
        Map<String, String> texts = new HashMap<>();
        try (TarReader reader = TarReader.open(tar)) {
            for (TarEntry entry = reader.next(); entry != null; entry = reader.next()) {
                entries.put(entry.path(), entry);
                if (entry.isFile() && entry.size() <= TEXT_MAX && keepText.test(entry.path())) {
                    texts.put(entry.path(), new String(reader.bytes(), UTF_8));
                }
            }
        }
        return new Tree(entries, texts);
    }

    public Optional<TarEntry> entry(String path) {
        return Optional.ofNullable(entries.get(path));
    }

    public boolean exists(String path) {
        return entries.containsKey(path);
    }

    /** Returns the text of a requested file, if it exists. */
    public Optional<String> text(String path) {
        return Optional.ofNullable(texts.get(path));
    }

    /** Returns everything below a directory, at any depth, sorted by path. */
    public List<TarEntry> below(String directory) {
        // '0' is the character after '/'.
        return List.copyOf(entries.subMap(directory + "/", directory + "0").values());
    }

    /** All entries, sorted by path. */
    public Iterable<TarEntry> all() {
        return entries.values();
    }

    /**
     * Returns the real path of a file written at {@code path}: symbolic links among its parent directories are followed ({@code /bin} is
     * {@code /usr/bin}), the last component is not.
     */
    public String resolve(String path) {
        return resolve(path, 0);
    }

    private String resolve(String path, int links) {
        if (links > LINKS_MAX) {
            throw new TreeException("too many symbolic links on the way to " + path);
        }
        int slash = path.indexOf('/', 1);
        while (slash > 0) {
            TarEntry parent = entries.get(path.substring(0, slash));
            if (parent != null && parent.kind() == TarEntry.Kind.SYMLINK) {
                return resolve(follow(parent) + path.substring(slash), links + 1);
            }
            slash = path.indexOf('/', slash + 1);
        }
        return path;
    }

    /**
     * Returns the path that a symbolic link names, as an absolute path without {@code .} and {@code ..}; the same path for anything else. It is a
     * path of the image: the host's {@code Path} would reject names that the host's character set lacks.
     */
    public static String follow(TarEntry link) {
        if (link.kind() != TarEntry.Kind.SYMLINK) {
            return link.path();
        }
        return follow(link.path(), link.link());
    }

    /** Returns the absolute path that a symbolic link at {@code path} names with {@code target}. */
    public static String follow(String path, String target) {
        String whole = target.startsWith("/") ? target : path.substring(0, path.lastIndexOf('/') + 1) + target;
        Deque<String> parts = new ArrayDeque<>();
        for (String part : whole.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }
}
