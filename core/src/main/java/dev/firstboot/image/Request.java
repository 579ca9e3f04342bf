package dev.firstboot.image;

import java.util.Objects;

/**
 * A need, with the recipe that has it.
 *
 * @param recipe the recipe that asks
 * @param need what it asks for
 */
public record Request<N extends Need<N>>(Recipe recipe, N need) {
    public Request {
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(need, "need");
    }

    /** Returns the name of the recipe that asks, for messages. */
    public String from() {
        return recipe.name();
    }
}
