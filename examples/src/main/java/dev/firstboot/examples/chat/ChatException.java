package dev.firstboot.examples.chat;

/** A chat server did not answer a client as it should. */
public final class ChatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ChatException(String message) {
        super(message);
    }

    ChatException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
