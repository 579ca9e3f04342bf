package dev.firstboot.zfs.stream;

/** The stream ends too early; everything before is right. */
public final class TruncatedStreamException extends StreamException {
    private static final long serialVersionUID = 1L;

    TruncatedStreamException(String problem, long position) {
        super(problem, position);
    }
}
