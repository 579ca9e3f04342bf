/**
 * The files of a filesystem to be written, as a stream of entries.
 *
 * <p>Entry points: {@link dev.firstboot.zfs.poolimage.tree.TarTree} reads a tar archive, {@link dev.firstboot.zfs.poolimage.tree.DirectoryTree} a directory. A
 * program with another source implements {@link dev.firstboot.zfs.poolimage.tree.Tree}.
 *
 * <p>What this package values most: exactness. An entry has every name, owner, mode, time and attribute of its source, or it is refused with its path.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.tree;

import org.jspecify.annotations.NullMarked;
