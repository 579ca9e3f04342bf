/**
 * Space and blocks: which bytes of the vdev are taken, and how a block is compressed, checksummed, copied and written.
 *
 * <p>Entry points: {@link dev.firstboot.zfs.pool.block.PoolFile} (the file seen as one vdev), {@link
 * dev.firstboot.zfs.pool.block.SpaceAllocator} and {@link dev.firstboot.zfs.pool.block.BlockWriter}.
 */
@NullMarked
package dev.firstboot.zfs.pool.block;

import org.jspecify.annotations.NullMarked;
