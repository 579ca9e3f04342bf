package dev.firstboot.zfs.poolimage.tree;

import java.io.IOException;

/**
 * A source of files, read from front to back.
 *
 * <p>A parent may come after its children. A hard link comes after the file that it names. Implementations need not be thread-safe.
 */
public interface Tree {
    /**
     * Passes every entry to {@code sink}.
     *
     * @throws MalformedTreeException if the source is damaged, or has an entry that no filesystem can store
     */
    void walk(TreeSink sink) throws IOException;
}
