/** Bootable disks: partitions, the EFI system partition, and the pool, written without ZFS into one of them. Not exported. */
@NullMarked
package dev.firstboot.bake.disk;

import org.jspecify.annotations.NullMarked;
