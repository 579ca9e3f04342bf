package dev.firstboot.zfs.poolimage.tree;

import java.io.InputStream;

/** The bytes of a file that has holes: a sink may ask for them, and skip them, where it would read zeros. Not thread-safe. */
public abstract class SparseContent extends InputStream {
    /** At the start of a file. */
    protected SparseContent() {}

    /** How many zeros come next that a hole stands for; none before bytes that are stored, and at the end. {@link #skip} passes over all of them. */
    public abstract long hole();
}
