/**
 * Writes a ZFS pool into a file or a partition. Needs no kernel module, no root and no virtual machine. For live pools use {@link dev.firstboot.zfs.Pool}.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.poolimage.PoolImage#builder()}. Files come from a {@link dev.firstboot.zfs.poolimage.tree.Tree}.
 *
 * <p>What this package values, the most important first:
 *
 * <ol>
 *   <li>Exactness: OpenZFS imports the pool, accounts for every block and finds every file as it was. Anything that cannot be stored exactly is refused, and
 *       the error names it.
 *   <li>Safety with hostile trees: bounded memory, and no other error than an exception of this library.
 *   <li>The same input and the same versions of the compressors give the same bytes, with any number of threads. Where lz4-java cannot load its
 *       native library, LZ4 blocks have other bytes, and a warning says so.
 *   <li>Speed and a small heap.
 * </ol>
 *
 * <p>An invalid name, path, size or value throws {@link java.lang.IllegalArgumentException} at the call that takes it; an invalid name throws its subclass
 * {@link dev.firstboot.zfs.error.InvalidNameException}. A setting made twice throws {@link java.lang.IllegalStateException}. If parts do not fit together,
 * {@code build()} throws {@link dev.firstboot.zfs.poolimage.PoolSpecException}, which names every problem.
 *
 * <p>Not promised: properties and features beyond those that {@code docs/pool-image.md} of the project lists.
 */
@NullMarked
package dev.firstboot.zfs.poolimage;

import org.jspecify.annotations.NullMarked;
