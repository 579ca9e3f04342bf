/** The checksums of ZFS. What this package values most: the same sums as OpenZFS; then speed, because every byte of a stream passes through it. */
@NullMarked
package dev.firstboot.zfs.internal.checksum;

import org.jspecify.annotations.NullMarked;
