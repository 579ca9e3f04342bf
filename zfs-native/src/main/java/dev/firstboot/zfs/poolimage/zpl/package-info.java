/**
 * The ZFS POSIX layer, which makes an object set a filesystem: master node, system attributes, directories and files. What this package values most: OpenZFS
 * finds every file as it was in the tree, in bounded memory.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.poolimage.zpl.FilesystemWriter}. Names follow {@code include/sys/zfs_znode.h}, {@code zfs_sa.h} and
 * {@code sa_impl.h} of OpenZFS.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.zpl;

import org.jspecify.annotations.NullMarked;
