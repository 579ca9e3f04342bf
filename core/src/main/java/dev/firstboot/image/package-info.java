/**
 * What a machine image is made of: immutable values that do no I/O and know no path of the host.
 *
 * <p>Entry points: {@link dev.firstboot.image.Image#builder()} and, for those who bring a service of their own, {@link
 * dev.firstboot.image.Workload} and {@link dev.firstboot.image.Recipe}.
 *
 * <p>A value that is wrong by itself, such as a name, a path or a size, is an {@link java.lang.IllegalArgumentException} at the call that takes it. What is set
 * twice is an {@link java.lang.IllegalStateException}. What can only be seen when the parts come together is an {@link
 * dev.firstboot.image.InvalidImageException} of {@link dev.firstboot.image.Image.Builder#build()}, which lists every problem; {@link
 * dev.firstboot.image.Image#fromJson(String)} reports whatever is wrong in this way, and so does {@link
 * dev.firstboot.image.Image#plan(dev.firstboot.image.Target)} where an image cannot become what the target is.
 *
 * <p>All types are immutable and safe to share between threads, builders are not.
 */
@NullMarked
package dev.firstboot.image;

import org.jspecify.annotations.NullMarked;
