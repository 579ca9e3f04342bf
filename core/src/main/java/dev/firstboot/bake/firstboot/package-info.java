/**
 * Lays an image out: from recipes and an installed system to the files, accounts, units and first-boot scripts that make it the image. Entry
 * point: {@link dev.firstboot.bake.firstboot.FirstBoot}. What happens on the machine is in {@code docs/first-boot.md}.
 */
@NullMarked
package dev.firstboot.bake.firstboot;

import org.jspecify.annotations.NullMarked;
