package dev.firstboot.plan;

import dev.firstboot.artifact.Manifest;
import dev.firstboot.image.Image;
import java.io.IOException;
import java.nio.file.Path;

/** The result of a plan's steps, for its target to take. Valid until {@link Target#deliver} returns. Not thread-safe. */
public interface Baked {
    /** Returns the image that was baked. */
    Image image();

    /** Returns the manifest of what the result contains. */
    Manifest manifest();

    /**
     * Returns the result, checked against its digest: a disk in qcow2 format, or a tar archive. The file belongs to the cache: read it, but do not
     * change it. Each call reads the whole file for the check.
     *
     * @throws IOException if it cannot be read
     */
    Path file() throws IOException;

    /**
     * Copies the result to a file, with its manifest next to it. Both are put in place by a rename: they are complete and durable, or not there at
     * all.
     *
     * @throws IOException if it cannot be written
     */
    void copyTo(TargetFile file) throws IOException;
}
