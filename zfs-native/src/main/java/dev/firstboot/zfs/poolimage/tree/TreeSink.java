package dev.firstboot.zfs.poolimage.tree;

import java.io.IOException;
import java.io.InputStream;

/** Takes the entries of a {@link Tree}. */
@FunctionalInterface
public interface TreeSink {
    /**
     * Takes one entry.
     *
     * @param entry the entry
     * @param content the bytes of a regular file, exactly {@link TreeEntry#size()} of them; empty for other types. Valid during the call only. May be a
     *     {@link SparseContent}, which reports holes
     */
    void accept(TreeEntry entry, InputStream content) throws IOException;
}
