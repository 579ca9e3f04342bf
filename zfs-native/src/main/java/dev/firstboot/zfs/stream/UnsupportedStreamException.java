package dev.firstboot.zfs.stream;

/** The stream is in order as far as one can tell, but of a kind that is not read here. Tells the way out, if there is one. */
public final class UnsupportedStreamException extends StreamException {
    private static final long serialVersionUID = 1L;

    UnsupportedStreamException(String problem, long position) {
        super(problem, position);
    }
}
