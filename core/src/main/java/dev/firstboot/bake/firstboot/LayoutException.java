package dev.firstboot.bake.firstboot;

import dev.firstboot.FirstbootException;

/** Thrown when something in a recipe does not fit the system that its packages make. */
public final class LayoutException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    LayoutException(String message) {
        super(message);
    }
}
