package dev.firstboot.internal.tool;

import java.util.List;

/** Thrown when the host lacks a tool; the message names the package that provides it. */
public final class ToolMissingException extends ToolException {

    private static final long serialVersionUID = 1;

    ToolMissingException(Tool tool) {
        super(
                tool,
                NO_STATUS,
                List.of(),
                tool.program() + " is not installed on this host",
                "Install the package " + tool.debianPackage() + ": apt-get install " + tool.debianPackage(),
                null);
    }
}
