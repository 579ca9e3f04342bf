package dev.firstboot.bake.tree;

import dev.firstboot.FirstbootException;
import org.jspecify.annotations.Nullable;

/** A file tree, or the archive that holds it, is not as it must be. */
public final class TreeException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    public TreeException(String message) {
        super(message);
    }

    public TreeException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
