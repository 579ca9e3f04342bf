/**
 * What a machine image is made of: immutable values that do no I/O and know no path of the host.
 *
 * <p>Entry points: {@link dev.firstboot.image.Image#builder()} and, for those who bring a service of their own, {@link
 * dev.firstboot.image.Workload} and {@link dev.firstboot.image.Recipe}. Every value is checked when it is made; an {@link
 * dev.firstboot.image.Image} is checked as a whole in {@code build()}, and all problems come in one exception.
 *
 * <p>All types are immutable and safe to share between threads, builders are not.
 */
@NullMarked
package dev.firstboot.image;

import org.jspecify.annotations.NullMarked;
