package dev.firstboot.zfs.poolimage.tree;

import java.io.IOException;

/**
 * A source of files, read once from front to back.
 *
 * <p>Parents need not come before their children; a hard link comes after the file that it names. An implementation need not be
 * thread-safe.
 */
public interface Tree {
    /**
     * Hands every entry to {@code sink}.
     *
     * @throws MalformedTreeException if the source is damaged or holds what no filesystem can
     */
    void walk(TreeSink sink) throws IOException;
}
