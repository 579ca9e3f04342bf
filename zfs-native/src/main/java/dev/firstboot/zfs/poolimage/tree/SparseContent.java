package dev.firstboot.zfs.poolimage.tree;

import java.io.InputStream;

/** The bytes of a file that has holes: a sink may ask for a hole and skip it, instead of reading zeros. Not thread-safe. */
public abstract class SparseContent extends InputStream {
    /** Starts at the beginning of a file. */
    protected SparseContent() {}

    /** Returns how many bytes of a hole come next; 0 before stored bytes and at the end. {@link #skip} can skip all of them. */
    public abstract long hole();
}
