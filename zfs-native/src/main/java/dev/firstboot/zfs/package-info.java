/**
 * ZFS from Java.
 *
 * <p>Entry point: {@link dev.firstboot.zfs.Zfs}, which tells whether this machine has ZFS that a program can use. Nothing
 * here throws because ZFS is missing: a program asks first.
 */
@NullMarked
package dev.firstboot.zfs;

import org.jspecify.annotations.NullMarked;
