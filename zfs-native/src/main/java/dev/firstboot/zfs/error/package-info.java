/**
 * The exceptions of this library. {@link dev.firstboot.zfs.error.ZfsException} is the root; {@link dev.firstboot.zfs.error.ZfsCallException} is a call that
 * failed in ZFS, with one subclass for each kind of error that programs act on.
 *
 * <p>What this package values most: messages that say what failed. Each names the function, its subject and the error; none contains a property's value or a
 * key.
 */
@NullMarked
package dev.firstboot.zfs.error;

import org.jspecify.annotations.NullMarked;
