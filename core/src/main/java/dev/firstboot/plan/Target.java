package dev.firstboot.plan;

import dev.firstboot.image.Image;
import dev.firstboot.image.Plannable;
import java.io.IOException;
import java.util.Optional;

/**
 * What an image is baked into, and where it goes. {@link Disk} and {@link RootfsTar} are targets; programs can write others, and a bakery hands them
 * the result of the steps:
 *
 * <pre>{@code
 * record InStore(ObjectStore store, String key) implements Target<URI> {
 *     public BakePlan planFor(Image image) {
 *         return BakePlan.ofArchive(image, "archive " + key);
 *     }
 *
 *     public URI deliver(Baked baked) throws IOException {
 *         return store.put(key, baked.file());
 *     }
 * }
 * }</pre>
 *
 * <p>A target can also wrap one of the library and delegate to it. It must be thread-safe if several bakes use it at once.
 *
 * @param <A> what the bake returns to its caller
 */
public interface Target<A> extends Plannable<BakePlan> {
    /** Returns the steps to run: those of {@link BakePlan#ofDisk}, {@link BakePlan#ofArchive} or another target. Does no I/O. */
    @Override
    BakePlan planFor(Image image);

    /** Returns the file of this host that it makes, if any. The bakery checks before any work whether it can be written. None by default. */
    default Optional<TargetFile> file() {
        return Optional.empty();
    }

    /**
     * Delivers the result to its destination. Called on a bakery thread once every step is done; an exception fails the bake. An interrupt means that
     * the bake was cancelled. It is called again if the cache's copy of the result turned out to be damaged and was rebuilt, so a second call must
     * replace what the first one left.
     */
    A deliver(Baked baked) throws IOException, InterruptedException;
}
