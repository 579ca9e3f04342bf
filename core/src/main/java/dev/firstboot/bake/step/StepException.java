package dev.firstboot.bake.step;

import dev.firstboot.FirstbootException;
import java.util.List;

/** A step that cannot be done, for a reason that its runner understands. */
public final class StepException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    private final String hint;
    private final transient List<String> tail;

    /**
     * Makes one.
     *
     * @param message what is wrong, naming the thing
     * @param hint what to do about it; empty if the message says it
     * @param tail the last lines of the tool's output, if a tool was at it
     */
    public StepException(String message, String hint, List<String> tail) {
        super(message);
        this.hint = hint;
        this.tail = List.copyOf(tail);
    }

    /** The same without a tool. */
    public StepException(String message, String hint) {
        this(message, hint, List.of());
    }

    public String hint() {
        return hint;
    }

    public List<String> tail() {
        return tail;
    }
}
