/** The C side: the only package that sees jnr-ffi. Names are those of the C headers. */
@NullMarked
package dev.firstboot.zfs.internal.ffi;

import org.jspecify.annotations.NullMarked;
