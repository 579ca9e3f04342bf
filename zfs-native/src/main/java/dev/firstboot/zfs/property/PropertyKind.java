package dev.firstboot.zfs.property;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A native property, as {@code zfs_prop.c} registers it.
 *
 * @param name its name
 * @param type how its value is kept
 * @param defaultText its value where none is set, as text
 * @param settable when it can be set
 * @param of what has it: F for filesystems, S for snapshots, V for volumes
 * @param values of an index, its numbers by their names
 */
record PropertyKind(
        String name, Type type, String defaultText, Settable settable, String of, LinkedHashMap<String, Long> values) {
    /** How a value is kept in the pool and passed to the kernel. */
    enum Type {
        NUMBER,
        STRING,
        INDEX
    }

    /** When a property can be set. */
    enum Settable {
        INHERITED,
        OWN,
        ONCE,
        NEVER
    }

    static final String NO_LIMIT = "none";

    /** A number as text. Where the greatest one is the default, it stands for no limit. */
    String number(long value) {
        return value == -1 && defaultText.equals(NO_LIMIT) ? NO_LIMIT : Long.toUnsignedString(value);
    }

    /** The number behind a name. */
    Optional<Long> number(String text) {
        return Optional.ofNullable(values.get(text));
    }

    /** The first name of a number. */
    Optional<String> text(long number) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
