/**
 * ZFS from Java, through libzfs_core and the calls that {@code zfs} itself makes.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.Zfs}, which tells whether this machine has ZFS that a program can use, and opens it. It gives
 * {@link dev.firstboot.zfs.Dataset}, {@link dev.firstboot.zfs.Snapshot}, {@link dev.firstboot.zfs.Bookmark} and {@link dev.firstboot.zfs.Pool}, which are names:
 * what they stand for may be there or not.
 *
 * <p>What fails in ZFS is a {@link dev.firstboot.zfs.error.ZfsCallException}. An argument that is wrong by itself, such as a value that a property cannot have,
 * is an {@link java.lang.IllegalArgumentException} at the call that takes it, and nothing is asked of ZFS; a name that nothing can have is its subclass {@link
 * dev.firstboot.zfs.error.InvalidNameException}. A call at the wrong time, as after {@code close()}, is an {@link java.lang.IllegalStateException}.
 *
 * <p>Not promised: that a handle's target stays what it was between two calls; ZFS has other users.
 */
@NullMarked
package dev.firstboot.zfs;

import org.jspecify.annotations.NullMarked;
