package dev.firstboot;

import org.jspecify.annotations.Nullable;

/**
 * The root of every exception that Firstboot throws itself. The message names what is wrong and what to do about it; subclasses carry the details as
 * values. No message ever contains a secret.
 */
public class FirstbootException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception without a cause. */
    public FirstbootException(String message) {
        super(message);
    }

    /** Creates an exception with its cause, if there is one. */
    public FirstbootException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
