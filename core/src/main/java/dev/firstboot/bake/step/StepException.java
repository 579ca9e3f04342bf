package dev.firstboot.bake.step;

import dev.firstboot.FirstbootException;
import java.util.List;

/** Thrown when a step fails for a reason that its runner understands. */
public final class StepException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    private final String hint;
    private final transient List<String> tail;

    /**
     * Creates an exception.
     *
     * @param message what is wrong, with the name of the thing
     * @param hint what to do about it; empty if the message says so
     * @param tail the last lines of the tool's output, if a tool was running
     */
    public StepException(String message, String hint, List<String> tail) {
        super(message);
        this.hint = hint;
        this.tail = List.copyOf(tail);
    }

    /** Creates an exception without tool output. */
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
