/** The checksums of ZFS. */
@NullMarked
package dev.firstboot.zfs.internal.checksum;

import org.jspecify.annotations.NullMarked;
