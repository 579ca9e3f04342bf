package dev.firstboot.image;

/** How a value is written into a file of some syntax, so that no value can break out of its place. */
public enum Escape {
    /** As it is. The machine refuses to write a value that has a line break. */
    NONE,
    /** A YAML 1.2 double-quoted scalar, quotes included; it is JSON's string as well. */
    YAML,
    /** A word for a POSIX shell, single-quoted, quotes included. */
    SHELL,
    /** An SQL string literal with standard_conforming_strings, quotes included. */
    SQL
}
