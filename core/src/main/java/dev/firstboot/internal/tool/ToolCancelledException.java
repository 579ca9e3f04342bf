package dev.firstboot.internal.tool;

import java.util.List;

/** Thrown when a tool was ended early, because its caller cancelled it or the waiting thread was interrupted. */
public final class ToolCancelledException extends ToolException {

    private static final long serialVersionUID = 1;

    ToolCancelledException(Tool tool, List<String> tail) {
        super(tool, NO_STATUS, tail, tool.program() + " was cancelled", null, null);
    }
}
