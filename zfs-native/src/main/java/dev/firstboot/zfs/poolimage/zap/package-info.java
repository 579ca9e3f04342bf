/**
 * ZAP objects: tables from names to values, of which directories, properties and the pool's own tables consist. What this package values most: OpenZFS finds
 * every name, in a table of any size.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.poolimage.zap.Zap}. Micro ZAPs for short names with one number each, fat ZAPs for everything else;
 * {@code include/sys/zap_impl.h} and {@code zap_leaf.h} of OpenZFS.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.zap;

import org.jspecify.annotations.NullMarked;
