/** Checks names before ZFS sees them, for live pools and for images of pools. */
@NullMarked
package dev.firstboot.zfs.internal.name;

import org.jspecify.annotations.NullMarked;
