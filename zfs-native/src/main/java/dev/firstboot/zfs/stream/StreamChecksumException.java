package dev.firstboot.zfs.stream;

/** The stream carries a checksum that is not the one of its bytes: something changed on the way. */
public final class StreamChecksumException extends StreamException {
    private static final long serialVersionUID = 1L;

    StreamChecksumException(String problem, long position) {
        super(problem, position);
    }
}
