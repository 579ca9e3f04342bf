package dev.firstboot.image;

import dev.firstboot.FirstbootException;
import java.util.List;
import java.util.Objects;

/**
 * An image whose parts do not fit together, or JSON that is no image. Holds every problem found, not only the first. A part that is wrong by itself, such as a
 * name or a path, is an {@link IllegalArgumentException} at the call that takes it.
 */
public final class InvalidImageException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Makes one of an image's name, empty where it has none, and one sentence for each problem. */
    public InvalidImageException(String name, List<String> problems) {
        super((Objects.requireNonNull(name, "name").isEmpty() ? "the image" : "image '" + name + "'")
                + " is not valid:\n  - " + String.join("\n  - ", Objects.requireNonNull(problems, "problems")));
        this.problems = List.copyOf(problems);
    }

    /** One sentence for each problem. */
    public List<String> problems() {
        return problems;
    }
}
