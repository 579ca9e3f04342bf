/**
 * The smallest pieces of the on-disk format: block pointers, object types, checksums and the numbers behind names.
 *
 * <p>Names follow the structures of OpenZFS ({@code include/sys/spa.h}, {@code dmu.h}, {@code zio.h}). Everything is written
 * little-endian; the byte-order bit of a block pointer says so.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.format;

import org.jspecify.annotations.NullMarked;
