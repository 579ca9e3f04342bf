package dev.firstboot.internal.json;

import dev.firstboot.FirstbootException;

/** A text that is not the JSON it should be. The message names the place. */
public final class JsonException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    JsonException(String message, Throwable cause) {
        super(message, cause);
    }
}
