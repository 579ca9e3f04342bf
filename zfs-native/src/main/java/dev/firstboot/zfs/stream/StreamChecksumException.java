package dev.firstboot.zfs.stream;

/** A checksum in the stream does not match its bytes: the stream is damaged. */
public final class StreamChecksumException extends StreamException {
    private static final long serialVersionUID = 1L;

    StreamChecksumException(String problem, long position) {
        super(problem, position);
    }
}
