package dev.firstboot.bake.tree;

import dev.firstboot.FirstbootException;
import org.jspecify.annotations.Nullable;

/** Thrown when a file tree, or its archive, is invalid. */
public final class TreeException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    public TreeException(String message) {
        super(message);
    }

    public TreeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
