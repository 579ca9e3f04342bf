package dev.firstboot.bake;

import dev.firstboot.artifact.Manifest;
import dev.firstboot.image.Image;
import dev.firstboot.plan.BakePlan;
import dev.firstboot.plan.Step.Input;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;

/**
 * How the result of a plan becomes a file where the caller wants it.
 *
 * @param <A> what the caller gets
 */
interface Delivery<A> {
    /** The plan for this target. */
    BakePlan plan(Image image);

    /** Where it goes. */
    Path path();

    /** Whether a file that is there is replaced. */
    boolean replace();

    /** Which output of the plan it is made from. */
    Input source();

    /** What the caller's file is made with, such as a mode that does not follow the umask. */
    FileAttribute<?>[] attributes();

    /** Makes the caller's file from a copy of the output, at {@code copy}; may turn it into another file beside it. */
    Path finish(Path copy) throws IOException;

    /** What the caller gets, now that the file is at {@link #path()}. */
    A artifact(Image image, Manifest manifest);
}
