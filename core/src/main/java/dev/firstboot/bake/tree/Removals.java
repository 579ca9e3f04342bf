package dev.firstboot.bake.tree;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Paths that are removed from a tree; a directory goes with everything in it. In a file: one per line, sorted. Not thread-safe. */
public final class Removals {
    private final NavigableSet<String> paths = new TreeSet<>();

    /** Reads what {@link #write(Path)} wrote. */
    public static Removals read(Path file) {
        Removals removals = new Removals();
        try {
            Files.readAllLines(file).stream().filter(line -> !line.isEmpty()).forEach(removals::add);
        } catch (IOException e) {
            throw new TreeException("cannot read " + file + ": " + e, e);
        }
        return removals;
    }

    public void add(String path) {
        if (!path.startsWith("/") || path.equals("/") || path.indexOf('\n') >= 0) {
            throw new TreeException("'" + path + "' cannot be taken out of a tree: not an absolute path of one line");
        }
        paths.add(path);
    }

    public void addAll(Collection<String> more) {
        more.forEach(this::add);
    }

    /** Returns whether the path, or a directory above it, is removed. */
    public boolean covers(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (paths.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** Returns the paths, sorted, without those that go with a directory above them. */
    public List<String> paths() {
        return paths.stream()
                .filter(path -> path.lastIndexOf('/') == 0 || !covers(path.substring(0, path.lastIndexOf('/'))))
                .toList();
    }

    public void write(Path file) {
        try {
            Files.writeString(file, String.join("\n", paths()) + (paths.isEmpty() ? "" : "\n"));
        } catch (IOException e) {
            throw new TreeException("cannot write " + file + ": " + e, e);
        }
    }
}
