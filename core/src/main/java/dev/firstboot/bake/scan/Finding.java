package dev.firstboot.bake.scan;

/**
 * Something in a tree that no image may contain. Never includes the secret itself.
 *
 * @param path where it is
 * @param kind what it is
 * @param maker who may have made it, as a clause; empty if unknown
 */
public record Finding(String path, Kind kind, String maker) implements Comparable<Finding> {
    /** Creates a finding of unknown origin. */
    public Finding(String path, Kind kind) {
        this(path, kind, "");
    }

    @Override
    public int compareTo(Finding other) {
        int byPath = path.compareTo(other.path);
        return byPath != 0 ? byPath : kind.compareTo(other.kind);
    }

    /** Returns path, kind, maker and remedy, on one line. */
    @Override
    public String toString() {
        return path + " " + kind.clause() + (maker.isEmpty() ? "" : " (" + maker + ")") + ": " + kind.remedy();
    }
}
