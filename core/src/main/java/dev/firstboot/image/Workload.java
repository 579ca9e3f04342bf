package dev.firstboot.image;

/**
 * A service that can be baked into an image. Users implement it: a {@link Recipe} says what the service adds to a machine. A workload needs no
 * registration; pass it to {@link Image.Builder#workload(Workload)}.
 *
 * <p>An implementation must return equal recipes for equal releases, however often it is called.
 */
@FunctionalInterface
public interface Workload {
    /** Returns what this workload adds to an image of {@code release}. Does no I/O except reading its own class path. */
    Recipe recipe(Release release);
}
