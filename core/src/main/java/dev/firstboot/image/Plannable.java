package dev.firstboot.image;

/**
 * Something an image can be planned for, such as a disk or an archive. It plans itself; the image knows nothing about it.
 *
 * @param <P> the type of plan it returns
 */
@FunctionalInterface
public interface Plannable<P> {
    /** Returns the steps that bake {@code image} into this. Does no I/O. */
    P planFor(Image image);
}
