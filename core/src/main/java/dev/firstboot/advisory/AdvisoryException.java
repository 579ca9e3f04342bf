package dev.firstboot.advisory;

import dev.firstboot.FirstbootException;
import org.jspecify.annotations.Nullable;

/** Advisories that cannot be told: their file cannot be had, is none, or says nothing of the image. The message names the file and the way out. */
public final class AdvisoryException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    AdvisoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
