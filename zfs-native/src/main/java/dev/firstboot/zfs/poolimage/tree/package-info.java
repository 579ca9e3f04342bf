/**
 * Where the files of a filesystem come from: a tar archive or a directory, seen as a stream of entries.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.poolimage.tree.Tree}; a program
 * with another source implements {@link dev.firstboot.zfs.poolimage.tree.Tree}.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.tree;

import org.jspecify.annotations.NullMarked;
