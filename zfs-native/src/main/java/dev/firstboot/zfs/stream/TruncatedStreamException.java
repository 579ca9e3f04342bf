package dev.firstboot.zfs.stream;

/** The stream ends before it is complete; what came up to there is in order. */
public final class TruncatedStreamException extends StreamException {
    private static final long serialVersionUID = 1L;

    TruncatedStreamException(String problem, long position) {
        super(problem, position);
    }
}
