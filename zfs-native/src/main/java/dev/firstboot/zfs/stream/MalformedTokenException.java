package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.error.ZfsException;

/** The text is not a resume token, or is damaged. */
public final class MalformedTokenException extends ZfsException {
    private static final long serialVersionUID = 1L;

    MalformedTokenException(String problem) {
        super("not a resume token: " + problem);
    }

    MalformedTokenException(String problem, Throwable cause) {
        super("not a resume token: " + problem, cause);
    }
}
