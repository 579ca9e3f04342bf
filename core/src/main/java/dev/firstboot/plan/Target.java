package dev.firstboot.plan;

import dev.firstboot.image.Image;
import dev.firstboot.image.Plannable;
import java.io.IOException;
import java.util.Optional;

/**
 * What an image is baked into, and where that goes. {@link Disk} and {@link RootfsTar} are targets; programs can write others, to which a bakery gives what the
 * steps made:
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
 * <p>Another way is to hold a target of the library and hand on to it. Must be thread-safe if it is given to several bakes at once.
 *
 * @param <A> what the bake gives to its caller
 */
public interface Target<A> extends Plannable<BakePlan> {
    /** The steps to carry out: those of {@link BakePlan#ofDisk}, {@link BakePlan#ofArchive} or another target. Does no I/O. */
    @Override
    BakePlan planFor(Image image);

    /** The file of this host that it makes. The bakery looks before any work whether it can be made there. None if not said. */
    default Optional<TargetFile> file() {
        return Optional.empty();
    }

    /**
     * Takes the result to where it goes. Called on a thread of the bakery once every step is done; what it throws fails the bake. If the thread is interrupted the bake was
     * cancelled. It is called again if the cache's copy of the result turned out to be damaged and was made anew, so a second call must replace what the first
     * one left.
     */
    A deliver(Baked baked) throws IOException, InterruptedException;
}
