package dev.firstboot.bake;

import java.util.List;

/** Thrown when a bake was cancelled, or its waiting thread was interrupted. */
public final class BakeCancelledException extends BakeException {
    private static final long serialVersionUID = 1L;

    BakeCancelledException(String step) {
        super(step, "cancelled", List.of(), "", null);
    }
}
