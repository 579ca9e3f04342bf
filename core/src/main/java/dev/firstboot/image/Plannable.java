package dev.firstboot.image;

/**
 * Something an image can be planned for, such as a disk or an archive. It knows how to plan itself; the image knows none.
 *
 * @param <P> the plan that it makes
 */
@FunctionalInterface
public interface Plannable<P> {
    /** The steps that make {@code image} into this. Does no I/O. */
    P planFor(Image image);
}
