/**
 * Properties of datasets: what they are called, how their values are typed, where a value comes from.
 *
 * <p>Entry points: {@link dev.firstboot.zfs.property.Properties}, which a dataset gives, and {@link dev.firstboot.zfs.property.PropertyEdit}, which it takes.
 */
@NullMarked
package dev.firstboot.zfs.property;

import org.jspecify.annotations.NullMarked;
