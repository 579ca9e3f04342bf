/** What several packages of this module need and nobody else may see. */
@NullMarked
package dev.firstboot.zfs.internal;

import org.jspecify.annotations.NullMarked;
