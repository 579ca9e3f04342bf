/**
 * ZAP objects: the name-to-value tables that directories, properties and the pool's own tables are made of.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.poolimage.zap.Zap}. Micro ZAPs for short names with one number each, fat ZAPs for
 * everything else; {@code include/sys/zap_impl.h} and {@code zap_leaf.h} of OpenZFS.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.zap;

import org.jspecify.annotations.NullMarked;
