package dev.firstboot.bake.scan;

/**
 * Something in a tree that no image may hold. Never holds the secret itself.
 *
 * @param path where
 * @param kind what
 * @param maker who may have made it, as a clause; empty if nothing is known
 */
public record Finding(String path, Kind kind, String maker) implements Comparable<Finding> {
    /** A finding of which nobody knows where it comes from. */
    public Finding(String path, Kind kind) {
        this(path, kind, "");
    }

    @Override
    public int compareTo(Finding other) {
        int byPath = path.compareTo(other.path);
        return byPath != 0 ? byPath : kind.compareTo(other.kind);
    }

    /** Path, kind, maker and remedy, on one line. */
    @Override
    public String toString() {
        return path + " " + kind.clause() + (maker.isEmpty() ? "" : " (" + maker + ")") + ": " + kind.remedy();
    }
}
