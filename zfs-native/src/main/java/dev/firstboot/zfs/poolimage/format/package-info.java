/**
 * The smallest parts of the on-disk format: block pointers, object types, checksums and the numbers of names. What this package values most: fields exactly
 * where and as OpenZFS reads them.
 *
 * <p>Names follow the structures of OpenZFS ({@code include/sys/spa.h}, {@code dmu.h}, {@code zio.h}). Everything is written little-endian, as the byte-order
 * bit of each block pointer says.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.format;

import org.jspecify.annotations.NullMarked;
