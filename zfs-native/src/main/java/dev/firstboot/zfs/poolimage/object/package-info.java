/**
 * Objects and object sets: dnodes, the trees of indirect blocks below them, and the meta-dnode, which contains all dnodes of a set. What this package values
 * most: structures that OpenZFS reads like its own, made in bounded memory.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.poolimage.object.ObjectSet}. Names follow {@code include/sys/dnode.h} and {@code include/sys/dmu_objset.h} of
 * OpenZFS.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.object;

import org.jspecify.annotations.NullMarked;
