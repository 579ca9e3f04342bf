package dev.firstboot.advisory;

import dev.firstboot.FirstbootException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when advisories cannot be determined: the tracker's file is unavailable, invalid, or has nothing about the image. The message names the file
 * and what to do.
 */
public final class AdvisoryException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    AdvisoryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
