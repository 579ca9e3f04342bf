/** Bootable disks: partitions, the EFI system partition, and the pool that a builder guest makes and fills. Not exported. */
@NullMarked
package dev.firstboot.bake.disk;

import org.jspecify.annotations.NullMarked;
