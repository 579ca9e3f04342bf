/**
 * Writes a ZFS pool into a file: no kernel module, no root, no virtual machine.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.poolimage.PoolImage#builder()}. The same input gives the same bytes. What is not written yet,
 * or never will be, is told in {@code docs/decisions} of the project.
 */
@NullMarked
package dev.firstboot.zfs.poolimage;

import org.jspecify.annotations.NullMarked;
