/**
 * Properties of datasets: their names, the types of their values, and where a value comes from.
 *
 * <p>Entry points: {@link dev.firstboot.zfs.property.Properties}, which a dataset returns, and {@link dev.firstboot.zfs.property.PropertyEdit}, which it takes.
 * {@link dev.firstboot.zfs.property.NativeProperties} checks a property without ZFS.
 *
 * <p>What this package values most: agreement with {@code zfs get -p} and {@code zfs set}. Names, values, defaults and refusals are the same.
 */
@NullMarked
package dev.firstboot.zfs.property;

import org.jspecify.annotations.NullMarked;
