package dev.firstboot.image;

/** How a value is escaped for the syntax of a file, so that no value can break out of its place. */
public enum Escape {
    /** Unchanged. The machine refuses to write a value that contains a line break. */
    NONE,
    /** A YAML 1.2 double-quoted scalar, quotes included; also valid as a JSON string. */
    YAML,
    /** A word for a POSIX shell, single-quoted, quotes included. */
    SHELL,
    /** An SQL string literal with standard_conforming_strings, quotes included. */
    SQL
}
