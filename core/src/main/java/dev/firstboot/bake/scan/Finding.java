package dev.firstboot.bake.scan;

/**
 * Something in a tree that no image may hold. Never holds the secret itself.
 *
 * @param path where
 * @param kind what
 */
public record Finding(String path, Kind kind) implements Comparable<Finding> {
    @Override
    public int compareTo(Finding other) {
        int byPath = path.compareTo(other.path);
        return byPath != 0 ? byPath : kind.compareTo(other.kind);
    }

    /** Path, kind and remedy, on one line. */
    @Override
    public String toString() {
        return path + " holds " + kind.what() + ": " + kind.remedy();
    }
}
