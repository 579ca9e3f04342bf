/**
 * Checks names before ZFS sees them, for live pools and for pool images. What this package values most: the same decision as {@code zfs_namecheck.c}, with a
 * reason that says what to change.
 */
@NullMarked
package dev.firstboot.zfs.internal.name;

import org.jspecify.annotations.NullMarked;
