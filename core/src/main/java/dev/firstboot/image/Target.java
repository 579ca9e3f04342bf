package dev.firstboot.image;

/**
 * Something an image can be made into, with where it is to go: a disk, an archive. A target knows how to plan itself; the
 * image knows no target.
 *
 * @param <P> the plan for this kind of target
 */
@FunctionalInterface
public interface Target<P> {
    /** The steps that make {@code image} into this target. Does no I/O. */
    P planFor(Image image);
}
