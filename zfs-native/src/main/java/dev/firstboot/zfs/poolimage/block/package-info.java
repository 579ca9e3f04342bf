/**
 * Space and blocks: which bytes of the vdev are allocated, and how a block is compressed, checksummed, copied and written. What this package values most: the
 * same input gives the same bytes; then speed.
 *
 * <p>Entry points: {@link dev.firstboot.zfs.poolimage.block.PoolFile} (the file seen as one vdev), {@link dev.firstboot.zfs.poolimage.block.SpaceAllocator} and
 * {@link dev.firstboot.zfs.poolimage.block.BlockWriter}.
 */
@NullMarked
package dev.firstboot.zfs.poolimage.block;

import org.jspecify.annotations.NullMarked;
