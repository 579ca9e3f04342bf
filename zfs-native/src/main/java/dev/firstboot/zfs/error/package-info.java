/** The root of this module's exceptions; every other package may know it. */
@NullMarked
package dev.firstboot.zfs.error;

import org.jspecify.annotations.NullMarked;
