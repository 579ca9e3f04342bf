package dev.firstboot.image;

/**
 * A service that can be baked into an image. This is what users implement: say in a {@link Recipe} what the service adds
 * to a machine. A workload needs no registration; pass it to {@link Image.Builder#workload(Workload)}.
 *
 * <p>An implementation must give equal recipes for equal releases, however often it is asked.
 */
@FunctionalInterface
public interface Workload {
    /** What this workload adds to an image of {@code release}. Does no I/O beyond reading its own class path. */
    Recipe recipe(Release release);
}
