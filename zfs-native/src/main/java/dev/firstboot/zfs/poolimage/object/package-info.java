/**
 * Objects and object sets: dnodes, the trees of indirect blocks below them, and the meta-dnode that holds all dnodes of a set.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.poolimage.object.ObjectSet}. Names follow {@code include/sys/dnode.h} and {@code
 * include/sys/dmu_objset.h} of OpenZFS.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.object;

import org.jspecify.annotations.NullMarked;
