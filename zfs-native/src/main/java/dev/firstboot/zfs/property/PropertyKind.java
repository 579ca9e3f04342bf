package dev.firstboot.zfs.property;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A native property of datasets, as {@code zfs_prop_init} of {@code zfs_prop.c} registers it.
 *
 * @param name its name
 * @param type the type of its value
 * @param defaultText its default value as text; {@link #NO_LIMIT} if the default is no limit
 * @param settable when it can be set
 * @param of which datasets have it: F for filesystems, S for snapshots, V for volumes ({@code zfs_type_t})
 * @param values for an index, the number of each name; several names may have the same number. In the order in which {@link #text} looks them up
 */
record PropertyKind(
        String name, Type type, String defaultText, Settable settable, String of, LinkedHashMap<String, Long> values) {
    /** How a value is stored in the pool and passed to the kernel: {@code zprop_type_t}. */
    enum Type {
        /** An unsigned 64-bit number: {@code PROP_TYPE_NUMBER}. */
        NUMBER,
        /** Text: {@code PROP_TYPE_STRING}. */
        STRING,
        /** One of several names, stored as a number: {@code PROP_TYPE_INDEX}. */
        INDEX
    }

    /** When a property can be set: {@code zprop_attr_t}. */
    enum Settable {
        /** At any time; children inherit it: {@code PROP_INHERIT}. */
        INHERITED,
        /** At any time; children do not inherit it: {@code PROP_DEFAULT}. */
        OWN,
        /** At creation only: {@code PROP_ONETIME}, {@code PROP_ONETIME_DEFAULT}. */
        ONCE,
        /** Never: {@code PROP_READONLY}. */
        NEVER
    }

    /** The text of a number that means no limit. */
    static final String NO_LIMIT = "none";

    /** Returns a number as text. If the default is no limit, the greatest number is {@link #NO_LIMIT}. */
    String number(long value) {
        return value == -1 && defaultText.equals(NO_LIMIT) ? NO_LIMIT : Long.toUnsignedString(value);
    }

    /** Returns the number of a name; empty if the property has no such name. */
    Optional<Long> number(String text) {
        return Optional.ofNullable(values.get(text));
    }

    /** Returns the first name of a number; empty if it has none. */
    Optional<String> text(long number) {
        return values.entrySet().stream()
                .filter(entry -> entry.getValue() == number)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
