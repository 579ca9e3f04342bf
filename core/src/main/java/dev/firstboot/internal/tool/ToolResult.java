package dev.firstboot.internal.tool;

import java.util.List;

/**
 * How a tool ended.
 *
 * @param status its exit status; 128 + n if signal n ended it
 * @param tail the last lines that it printed, oldest first
 */
public record ToolResult(int status, List<String> tail) {

    public ToolResult {
        tail = List.copyOf(tail);
    }
}
