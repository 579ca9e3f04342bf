package dev.firstboot.plan;

import dev.firstboot.artifact.Manifest;
import dev.firstboot.image.Image;
import java.io.IOException;
import java.nio.file.Path;

/** What the steps of a plan made, for its target to take. It is of use until {@link Target#deliver} returns. Not thread-safe. */
public interface Baked {
    /** The image that was baked. */
    Image image();

    /** What the result is made of. */
    Manifest manifest();

    /**
     * The result, checked against its digest: a disk in the format qcow2, or a tar archive. It belongs to the cache: read it, and leave it as it is. Each call reads the whole
     * file for the check.
     *
     * @throws IOException if it cannot be read
     */
    Path file() throws IOException;

    /**
     * Copies the result to a file and its manifest beside it, both by a rename: they are there whole and durable, or not at all.
     *
     * @throws IOException if it cannot be written
     */
    void copyTo(TargetFile file) throws IOException;
}
