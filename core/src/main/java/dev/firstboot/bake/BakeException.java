package dev.firstboot.bake;

import dev.firstboot.FirstbootException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Thrown when a bake fails. Nothing is left of it except cached results of finished steps. */
public class BakeException extends FirstbootException {
    private static final long serialVersionUID = 1L;

    private final String step;
    private final transient List<String> toolOutput;
    private final String hint;

    BakeException(String step, String problem, List<String> toolOutput, String hint, @Nullable Throwable cause) {
        super(message(step, problem, toolOutput, hint), cause);
        this.step = step;
        this.toolOutput = List.copyOf(toolOutput);
        this.hint = hint;
    }

    /** Returns the name of the step that failed. */
    public String step() {
        return step;
    }

    /** Returns the last lines that the step's tool printed; empty if no tool was running. */
    public List<String> toolOutput() {
        return toolOutput;
    }

    /** Returns what to do about it; empty if the message says so. */
    public String hint() {
        return hint;
    }

    private static String message(String step, String problem, List<String> toolOutput, String hint) {
        StringBuilder text =
                new StringBuilder("step ").append(step).append(": ").append(problem);
        toolOutput.forEach(line -> text.append("\n    | ").append(line));
        if (!hint.isEmpty()) {
            text.append("\n  → ").append(hint);
        }
        return text.toString();
    }
}
