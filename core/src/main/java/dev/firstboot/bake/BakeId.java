package dev.firstboot.bake;

import java.util.Objects;

/**
 * Which bake an event is of.
 *
 * @param number counts the bakes of this JVM, from 1
 * @param image the name of its image
 * @param target what its result becomes and where that goes, as its plan tells
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
