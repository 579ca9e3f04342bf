/**
 * Describes a machine image with immutable values. What matters most here: no I/O, and every problem reported at once. Only
 * {@link dev.firstboot.image.FileEntry#file} and the other references read files, for their digests.
 *
 * <p>Entry points: {@link dev.firstboot.image.Image#builder()} and, for services of your own, {@link dev.firstboot.image.Workload} and
 * {@link dev.firstboot.image.Recipe}.
 *
 * <p>A value that is invalid by itself, such as a name, a path or a size, throws {@link java.lang.IllegalArgumentException} from the call that takes
 * it. Setting something twice throws {@link java.lang.IllegalStateException}. Problems that only show when the parts come together throw
 * {@link dev.firstboot.image.InvalidImageException} from {@link dev.firstboot.image.Image.Builder#build()}, which lists every problem.
 * {@link dev.firstboot.image.Image#fromJson(String)} reports all problems this way, and so does
 * {@link dev.firstboot.image.Image#plan(dev.firstboot.image.Plannable)} if the image cannot become what the target is.
 *
 * <p>All types are immutable and safe to share between threads; builders are not.
 */
@NullMarked
package dev.firstboot.image;

import org.jspecify.annotations.NullMarked;
