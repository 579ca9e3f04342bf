/** What calls into ZFS cost. Runs in a guest with live ZFS; {@link dev.firstboot.benchmarks.zfs.GuestMain} is its program. */
@NullMarked
package dev.firstboot.benchmarks.zfs;

import org.jspecify.annotations.NullMarked;
