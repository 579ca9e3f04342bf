/**
 * The steps that bake an image into a target. What matters most here: plans are values that can be printed and compared, and do nothing. Entry points
 * are the targets {@link dev.firstboot.plan.Disk} and {@link dev.firstboot.plan.RootfsTar}, passed to {@link dev.firstboot.image.Image#plan}.
 * Programs add their own targets with {@link dev.firstboot.plan.Target}.
 *
 * <p>The number and names of steps may change between versions.
 */
@NullMarked
package dev.firstboot.plan;

import org.jspecify.annotations.NullMarked;
