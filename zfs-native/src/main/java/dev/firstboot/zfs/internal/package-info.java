/** Code that several packages of this module share. Not exported. */
@NullMarked
package dev.firstboot.zfs.internal;

import org.jspecify.annotations.NullMarked;
