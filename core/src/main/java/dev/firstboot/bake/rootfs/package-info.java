/**
 * Installed file trees: which packages, from where, and the chroots in which they are built. What matters most here: the same packages give the same
 * tree. Not exported.
 */
@NullMarked
package dev.firstboot.bake.rootfs;

import org.jspecify.annotations.NullMarked;
