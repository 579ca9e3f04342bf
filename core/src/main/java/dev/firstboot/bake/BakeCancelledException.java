package dev.firstboot.bake;

import java.util.List;

/** A bake that was cancelled, or whose waiting thread was interrupted. */
public final class BakeCancelledException extends BakeException {
    private static final long serialVersionUID = 1L;

    BakeCancelledException(String step) {
        super(step, "cancelled", List.of(), "", null);
    }
}
