/** Calls C: the only package that uses jnr-ffi. What this package values most: no call corrupts memory or hides an error. Names are those of the C headers. */
@NullMarked
package dev.firstboot.zfs.internal.ffi;

import org.jspecify.annotations.NullMarked;
