package dev.firstboot.zfs.poolimage.tree;

import java.io.IOException;
import java.io.InputStream;

/** Takes the entries of a {@link Tree}. */
@FunctionalInterface
public interface TreeSink {
    /**
     * Takes one entry.
     *
     * @param content a regular file's bytes, exactly {@link TreeEntry#size()} of them; empty for anything else; valid during
     *     the call only; perhaps a {@link SparseContent}, which tells of holes
     */
    void accept(TreeEntry entry, InputStream content) throws IOException;
}
