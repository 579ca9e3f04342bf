package dev.firstboot.zfs.poolimage.tree;

import java.util.Arrays;

/** Which parts of a file an archive holds; the others are zeros. Made part by part, in their order. Not thread-safe. */
final class SparseMap {
    /** Sixteen MiB of this table; more is an attack or damage. */
    private static final int MAX_PARTS = 1 << 20;

    private long[] parts = new long[8];
    private int count;
    private long stored;
    private final String what;

    /** No parts yet; {@code what} is the file, for errors. */
    SparseMap(String what) {
        this.what = what;
    }

    /** Adds a part; one of no bytes, as writers put at the end, says nothing. */
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

    /** Checks the whole against the size of the file, and the bytes that the archive has of it. */
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
