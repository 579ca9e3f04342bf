package dev.firstboot.bake.cache;

import dev.firstboot.image.Digest;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one run of a step made.
 *
 * @param step the step's name
 * @param key what it was made from
 * @param directory where it is
 * @param outputs the digest of each file
 */
public record Entry(String step, Digest key, Path directory, Map<String, Digest> outputs) {
    /** The file of one output. */
    public Path file(String output) {
        return directory.resolve(output);
    }

    /** The digest that output had when it was made. */
    public Digest digest(String output) {
        Digest digest = outputs.get(output);
        if (digest == null) {
            throw new IllegalArgumentException("step " + step + " made no " + output);
        }
        return digest;
    }
}
