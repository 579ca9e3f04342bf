package dev.firstboot.internal.tool;

import dev.firstboot.FirstbootException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tool of the host failed. Carries the tool, its exit status, its last lines and, where the caller knew one, the way
 * out. The command line is part of the message: secrets never are on one.
 */
public class ToolException extends FirstbootException {

    private static final long serialVersionUID = 1;

    /** The exit status of a tool that did not get as far as having one. */
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

    /** The tool that failed. */
    public Tool tool() {
        return tool;
    }

    /** What happened, without the tool's own lines and the way out. */
    public String summary() {
        return summary;
    }

    /** Its exit status, 128 + n when signal n ended it, {@link #NO_STATUS} when it has none. */
    public int status() {
        return status;
    }

    /** The last lines the tool said, oldest first. */
    public List<String> tail() {
        return tail;
    }

    /** What to do about it, or null where nothing is known. */
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
