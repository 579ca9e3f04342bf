/**
 * Space and blocks: which bytes of the vdev are taken, and how a block is compressed, checksummed, copied and written.
 *
 * <p>Entry points: {@link dev.firstboot.zfs.poolimage.block.PoolFile} (the file seen as one vdev), {@link
 * dev.firstboot.zfs.poolimage.block.SpaceAllocator} and {@link dev.firstboot.zfs.poolimage.block.BlockWriter}.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.block;

import org.jspecify.annotations.NullMarked;
