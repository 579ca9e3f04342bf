package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.error.ZfsException;

/** A send stream is invalid. The root of the exceptions about streams. */
public abstract class StreamException extends ZfsException {
    private static final long serialVersionUID = 1L;

    private final long position;

    StreamException(String problem, long position) {
        super(problem + ", at byte " + position + " of the stream");
        this.position = position;
    }

    StreamException(String problem, long position, Throwable cause) {
        super(problem + ", at byte " + position + " of the stream", cause);
        this.position = position;
    }

    /** Returns where, in bytes from the start of the stream. */
    public final long position() {
        return position;
    }
}
