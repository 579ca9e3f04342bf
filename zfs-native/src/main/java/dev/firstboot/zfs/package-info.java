/**
 * ZFS from Java: datasets, snapshots, bookmarks, pools and streams, through libzfs_core and the ioctls that {@code zfs} itself calls.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.Zfs}. It returns {@link dev.firstboot.zfs.Dataset}, {@link dev.firstboot.zfs.Snapshot},
 * {@link dev.firstboot.zfs.Bookmark} and {@link dev.firstboot.zfs.Pool}, which are handles: they hold a name, and what the name stands for may not exist.
 * {@link dev.firstboot.zfs.poolimage} writes pools into files and needs no ZFS.
 *
 * <p>What this package values, the most important first:
 *
 * <ol>
 *   <li>Safety: no call crashes the JVM, corrupts memory, or reports success after an error. Wrong names and values are refused before any call.
 *   <li>Errors that say what failed, for which name, and why: {@link dev.firstboot.zfs.error.ZfsCallException} has the C function, the error and every item
 *       that failed.
 *   <li>ZFS's own meaning: a method does what its C function does, under OpenZFS 2.1 and later, and names it.
 *   <li>Speed: streams sent to a file or a socket do not enter the process, and a call starts {@code zfs} or {@code zpool} only if the running module has other
 *       ioctls than this library knows.
 *   <li>Short code for its users.
 * </ol>
 *
 * <p>An argument that is wrong by itself, such as a value that a property cannot have, throws {@link java.lang.IllegalArgumentException} before any call; an
 * invalid name throws its subclass {@link dev.firstboot.zfs.error.InvalidNameException}. A call at the wrong time, such as after {@code close()}, throws
 * {@link java.lang.IllegalStateException}. A method that may have nothing to return returns an {@link java.util.Optional}; none returns null.
 *
 * <p>Not promised: that ZFS stays unchanged between two calls. Other processes use it too.
 */
@NullMarked
package dev.firstboot.zfs;

import org.jspecify.annotations.NullMarked;
