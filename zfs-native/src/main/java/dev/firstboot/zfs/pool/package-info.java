/**
 * Writes a ZFS pool into a file: no kernel module, no root, no virtual machine.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.pool.PoolImage#builder()}. The same input gives the same bytes. What is not written yet,
 * or never will be, is told in {@code docs/decisions} of the project.
 *
 * <p>A name, path, size or value that is wrong by itself is an {@link java.lang.IllegalArgumentException} at the call that takes it; of a name it is an
 * {@link dev.firstboot.zfs.error.InvalidNameException}. What is set twice is an {@link java.lang.IllegalStateException}. Parts that do not fit together are
 * a {@link dev.firstboot.zfs.pool.PoolSpecException} of {@code build()}, which names every problem.
 */
@NullMarked
package dev.firstboot.zfs.pool;

import org.jspecify.annotations.NullMarked;
