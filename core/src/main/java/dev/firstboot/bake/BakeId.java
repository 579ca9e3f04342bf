package dev.firstboot.bake;

import java.nio.file.Path;
import java.util.Objects;

/**
 * Which bake an event is of.
 *
 * @param number counts the bakes of this JVM, from 1
 * @param image the name of its image
 * @param target where its result goes
 */
public record BakeId(long number, String image, Path target) {
    public BakeId {
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(target, "target");
    }

    @Override
    public String toString() {
        return "bake " + number + " (" + image + " → " + target + ")";
    }
}
