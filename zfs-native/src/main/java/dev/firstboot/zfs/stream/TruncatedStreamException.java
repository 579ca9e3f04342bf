package dev.firstboot.zfs.stream;

/** The stream ends too early; every checksum before that matches. */
public final class TruncatedStreamException extends StreamException {
    private static final long serialVersionUID = 1L;

    TruncatedStreamException(String problem, long position) {
        super(problem, position);
    }
}
