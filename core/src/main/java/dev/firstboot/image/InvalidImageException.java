package dev.firstboot.image;

import dev.firstboot.FirstbootException;
import java.util.List;

/** An image whose parts do not fit together. Holds every problem found, not only the first. */
public final class InvalidImageException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidImageException(String name, List<String> problems) {
        super("image '" + name + "' is not valid:\n  - " + String.join("\n  - ", problems));
        this.problems = List.copyOf(problems);
    }

    /** One sentence for each problem. */
    public List<String> problems() {
        return problems;
    }
}
