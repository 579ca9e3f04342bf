package dev.firstboot.zfs.error;

/**
 * The root of the exceptions of this library. Invalid arguments throw {@link IllegalArgumentException} instead. No message contains the bytes of a value, which
 * may be a key.
 */
public class ZfsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public ZfsException(String message) {
        super(message);
    }

    /** Creates an exception with a cause. */
    public ZfsException(String message, Throwable cause) {
        super(message, cause);
    }
}
