/**
 * The ZFS POSIX layer: what makes an object set a filesystem. Master node, system attributes, directories, files.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.poolimage.zpl.FilesystemWriter}. Names follow {@code include/sys/zfs_znode.h}, {@code
 * zfs_sa.h} and {@code sa_impl.h} of OpenZFS.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.zpl;

import org.jspecify.annotations.NullMarked;
