package dev.firstboot.plan;

import java.util.Objects;

/**
 * An output of an earlier step that a later step reads.
 *
 * @param step the earlier step's name
 * @param output the file's name
 */
public record Input(String step, String output) {
    public Input {
        Objects.requireNonNull(step, "step");
        Objects.requireNonNull(output, "output");
    }

    @Override
    public String toString() {
        return step + "/" + output;
    }
}
