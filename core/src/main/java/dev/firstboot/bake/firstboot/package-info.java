/**
 * Lays an image out: turns recipes and an installed system into the files, accounts, units and first-boot scripts that make it the image. What
 * matters most here: what does not fit is refused by name at bake time, not found at boot. Entry point:
 * {@link dev.firstboot.bake.firstboot.FirstBoot}. {@code docs/first-boot.md} describes what happens on the machine.
 */
@NullMarked
package dev.firstboot.bake.firstboot;

import org.jspecify.annotations.NullMarked;
