package dev.firstboot.internal.tool;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A program of the host and the Debian package that provides it. An immutable value.
 *
 * @param program the program's name, looked up in {@code PATH} and the system's own directories, or an absolute path
 * @param debianPackage the package to install if the program is missing
 */
public record Tool(String program, String debianPackage) {

    public Tool {
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(debianPackage, "debianPackage");
        if (program.isBlank() || debianPackage.isBlank()) {
            throw new IllegalArgumentException(
                    "a tool needs a program and a package: " + program + ", " + debianPackage);
        }
    }

    /** Returns a tool with its program and the package that provides it. */
    public static Tool of(String program, String debianPackage) {
        return new Tool(program, debianPackage);
    }

    /** Returns whether the host has this tool now. */
    public boolean isInstalled() {
        return find().isPresent();
    }

    /** Returns the path of the program. */
    public Optional<Path> find() {
        return HostPath.find(program);
    }

    /**
     * Returns the path of the program.
     *
     * @throws ToolMissingException naming the package to install
     */
    public Path require() {
        return find().orElseThrow(() -> new ToolMissingException(this));
    }

    /** Returns the description of a call with these arguments; nothing runs yet. */
    public ToolRun run(String... arguments) {
        return new ToolRun(this, List.of(arguments));
    }

    @Override
    public String toString() {
        return program;
    }
}
