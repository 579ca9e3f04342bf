package dev.firstboot.zfs.stream;

/** The stream is of a kind that this library does not read. The message says what to do instead, if anything. */
public final class UnsupportedStreamException extends StreamException {
    private static final long serialVersionUID = 1L;

    UnsupportedStreamException(String problem, long position) {
        super(problem, position);
    }
}
