package dev.firstboot.internal.tool;

import dev.firstboot.FirstbootException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a tool of the host fails. Carries the tool, its exit status, its last lines and, if the caller gave one, a hint. The message includes
 * the command line, which never contains secrets.
 */
public class ToolException extends FirstbootException {

    private static final long serialVersionUID = 1;

    /** The exit status of a tool that has none, because it did not run to its end. */
    public static final int NO_STATUS = -1;

    private final transient Tool tool;
    private final String summary;
    private final int status;
    private final transient List<String> tail;
    private final @Nullable String hint;

    ToolException(
            Tool tool,
            int status,
            List<String> tail,
            String message,
            @Nullable String hint,
            @Nullable Throwable cause) {
        super(text(message, tail, hint), cause);
        this.tool = tool;
        this.summary = message;
        this.status = status;
        this.tail = List.copyOf(tail);
        this.hint = hint;
    }

    /** Returns the tool that failed. */
    public Tool tool() {
        return tool;
    }

    /** Returns what happened, without the tool's own lines and the hint. */
    public String summary() {
        return summary;
    }

    /** Returns its exit status, 128 + n if signal n ended it, {@link #NO_STATUS} if it has none. */
    public int status() {
        return status;
    }

    /** Returns the last lines that the tool printed, oldest first. */
    public List<String> tail() {
        return tail;
    }

    /** Returns what to do about it, or null if unknown. */
    public @Nullable String hint() {
        return hint;
    }

    private static String text(String message, List<String> tail, @Nullable String hint) {
        StringBuilder text = new StringBuilder(message);
        if (hint != null) {
            text.append(". ").append(hint);
        }
        if (!tail.isEmpty()) {
            text.append(System.lineSeparator()).append("its last lines:");
            tail.forEach(
                    line -> text.append(System.lineSeparator()).append("  ").append(line));
        }
        return text.toString();
    }
}
