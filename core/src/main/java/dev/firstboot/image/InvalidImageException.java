package dev.firstboot.image;

import dev.firstboot.FirstbootException;
import java.util.List;
import java.util.Objects;

/**
 * Thrown when the parts of an image do not fit together, or JSON is not an image. Lists every problem found, not only the first. A part that is
 * invalid by itself, such as a name or a path, is an {@link IllegalArgumentException} from the call that takes it.
 */
public final class InvalidImageException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Creates the exception from the image's name, empty if it has none, and one sentence per problem. */
    public InvalidImageException(String name, List<String> problems) {
        super((Objects.requireNonNull(name, "name").isEmpty() ? "the image" : "image '" + name + "'")
                + " is not valid:\n  - " + String.join("\n  - ", Objects.requireNonNull(problems, "problems")));
        this.problems = List.copyOf(problems);
    }

    /** Returns one sentence per problem. */
    public List<String> problems() {
        return problems;
    }
}
