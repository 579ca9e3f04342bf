package dev.firstboot.bake;

import java.util.Objects;

/**
 * Identifies the bake of an event.
 *
 * @param number the number of the bake in this JVM, counted from 1
 * @param image the name of its image
 * @param target what its result becomes and where it goes, as in its plan
 */
public record BakeId(long number, String image, String target) {
    public BakeId {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(target, "target");
    }

    @Override
    public String toString() {
        return "bake " + number + " (" + image + " → " + target + ")";
    }
}
