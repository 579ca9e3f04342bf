/**
 * Which steps make an image into a target: values that can be printed and compared, and do nothing. Entry points are the targets, {@link
 * dev.firstboot.plan.Disk} and {@link dev.firstboot.plan.RootfsTar}, given to {@link dev.firstboot.image.Image#plan}. Programs add targets of their own with {@link dev.firstboot.plan.Target}.
 *
 * <p>The number and names of steps are not promised from version to version.
 */
@NullMarked
package dev.firstboot.plan;

import org.jspecify.annotations.NullMarked;
