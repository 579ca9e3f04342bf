package dev.firstboot.internal.json;

import dev.firstboot.FirstbootException;
import org.jspecify.annotations.Nullable;

/** A text that is not the JSON it should be. The message names the place. */
public final class JsonException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    /** An exception that says {@code message}. */
    public JsonException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
