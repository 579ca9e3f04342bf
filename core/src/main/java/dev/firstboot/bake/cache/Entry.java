package dev.firstboot.bake.cache;

import dev.firstboot.image.Digest;
import java.nio.file.Path;
import java.util.Map;

/**
 * The result of one run of a step.
 *
 * @param step the step's name
 * @param key the digest of what it was made from
 * @param directory its directory
 * @param outputs the digest of each file
 */
public record Entry(String step, Digest key, Path directory, Map<String, Digest> outputs) {
    /** Returns the file of one output. */
    public Path file(String output) {
        return directory.resolve(output);
    }

    /** Returns the digest that output had when it was made. */
    public Digest digest(String output) {
        Digest digest = outputs.get(output);
        if (digest == null) {
            throw new IllegalArgumentException("step " + step + " made no " + output);
        }
        return digest;
    }
}
