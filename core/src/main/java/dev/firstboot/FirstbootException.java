package dev.firstboot;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that Firstboot throws on its own account. The message names the thing that is wrong and what
 * to do about it; subclasses carry the parts of it as values. No message ever holds a secret.
 */
public class FirstbootException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes one that nothing else caused. */
    public FirstbootException(String message) {
        super(message);
    }

    /** Makes one with its cause, where there is one. */
    public FirstbootException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
