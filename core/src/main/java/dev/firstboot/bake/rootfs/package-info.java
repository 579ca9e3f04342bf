/** Installed file trees: which packages, from where, and the chroots in which they are put together. Not exported. */
@NullMarked
package dev.firstboot.bake.rootfs;

import org.jspecify.annotations.NullMarked;
