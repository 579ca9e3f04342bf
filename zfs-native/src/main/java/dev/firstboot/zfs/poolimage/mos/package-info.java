/**
 * The meta object set: the tables of datasets, properties, features and free space, which make a pool. What this package values most: every block is accounted
 * for, so that {@code zdb} finds no leak.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.poolimage.mos.MetaObjectSet}. Names follow {@code include/sys/dsl_dir.h}, {@code dsl_dataset.h}, {@code space_map.h}
 * and the object directory of {@code dmu.h} in OpenZFS.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.mos;

import org.jspecify.annotations.NullMarked;
