package dev.firstboot.zfs.poolimage.tree;

import java.util.Arrays;

/** The parts of a file that an archive contains; all others are zeros. Filled part by part, in order. Not thread-safe. */
final class SparseMap {
    /** The most parts, which take 16 MiB; more is an attack or damage. */
    private static final int MAX_PARTS = 1 << 20;

    private long[] parts = new long[8];
    private int count;
    private long stored;
    private final String what;

    /** Starts without parts; {@code what} is the file, for errors. */
    SparseMap(String what) {
        this.what = what;
    }

    /** Adds a part; ignores an empty one, which writers put at the end. */
    void add(long offset, long length) {
        if (offset < end() || length < 0 || offset + length < offset) {
            throw damaged();
        }
        if (length == 0) {
            return;
        }
        if (count == MAX_PARTS) {
            throw new MalformedTreeException(what + " has more than " + MAX_PARTS + " parts between holes");
        }
        if (2 * count == parts.length) {
            parts = Arrays.copyOf(parts, 2 * parts.length);
        }
        parts[2 * count] = offset;
        parts[2 * count + 1] = length;
        count++;
        stored += length;
    }

    /** Checks the parts against the size of the file and the number of its bytes in the archive. */
    void check(long size, long archived) {
        if (end() > size || stored != archived) {
            throw damaged();
        }
    }

    MalformedTreeException damaged() {
        return new MalformedTreeException(what + ": the table of its holes is damaged");
    }

    int count() {
        return count;
    }

    long offset(int part) {
        return parts[2 * part];
    }

    long length(int part) {
        return parts[2 * part + 1];
    }

    private long end() {
        return count == 0 ? 0 : offset(count - 1) + length(count - 1);
    }
}
