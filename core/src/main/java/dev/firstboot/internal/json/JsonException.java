package dev.firstboot.internal.json;

import dev.firstboot.FirstbootException;
import org.jspecify.annotations.Nullable;

/** Thrown when a text is not the expected JSON. The message names the place. */
public final class JsonException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with {@code message}. */
    public JsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
