/**
 * Labels: the four copies, on each vdev, of the pool's configuration and of the uberblocks, from which OpenZFS finds everything else. What this package values
 * most: labels that an import accepts from any of the four places.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.poolimage.label.VdevLabel}. Names follow {@code include/sys/vdev_impl.h}, {@code uberblock_impl.h} and
 * {@code module/zfs/vdev_label.c} of OpenZFS.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.label;

import org.jspecify.annotations.NullMarked;
