package dev.firstboot.zfs.error;

/**
 * The root of every exception that this module throws on its own account. Wrong arguments are {@link IllegalArgumentException}
 * as everywhere. No message ever holds the bytes of a value: a key may be among them.
 */
public class ZfsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one that nothing else caused. */
    public ZfsException(String message) {
        super(message);
    }

    /** Makes one with its cause. */
    public ZfsException(String message, Throwable cause) {
        super(message, cause);
    }
}
