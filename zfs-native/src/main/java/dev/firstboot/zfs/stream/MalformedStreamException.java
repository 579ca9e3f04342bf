package dev.firstboot.zfs.stream;

/** The bytes are not a send stream, or stop being one. */
public final class MalformedStreamException extends StreamException {
    private static final long serialVersionUID = 1L;

    MalformedStreamException(String problem, long position) {
        super(problem, position);
    }

    MalformedStreamException(String problem, long position, Throwable cause) {
        super(problem, position, cause);
    }
}
