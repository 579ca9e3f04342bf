package dev.firstboot.zfs.property;

import java.util.Optional;

/**
 * Where the value of a property comes from. Immutable.
 *
 * @param kind the kind of source
 * @param from the dataset that a value is inherited from; empty for other kinds
 */
public record PropertySource(Kind kind, Optional<String> from) {
    /** What {@code zfs get} prints in its last column. */
    public enum Kind {
        /** Set on the dataset itself. */
        LOCAL,
        /** Inherited from another dataset. */
        INHERITED,
        /** Received with a stream. */
        RECEIVED,
        /** The default: set nowhere. */
        DEFAULT,
        /** No source: the property is a fact and cannot be set. */
        NONE
    }

    static final PropertySource DEFAULT = new PropertySource(Kind.DEFAULT, Optional.empty());
    static final PropertySource LOCAL = new PropertySource(Kind.LOCAL, Optional.empty());
    static final PropertySource NONE = new PropertySource(Kind.NONE, Optional.empty());

    /** {@code ZPROP_SOURCE_VAL_RECVD}. */
    private static final String RECEIVED = "$recvd";

    /** Reads the source that the kernel reports: the name of the dataset on which the value is set, {@code $recvd}, or an empty text for the default. */
    static PropertySource of(String told, String dataset) {
        if (told.isEmpty()) {
            return DEFAULT;
        }
        if (told.equals(dataset)) {
            return LOCAL;
        }
        return told.startsWith(RECEIVED)
                ? new PropertySource(Kind.RECEIVED, Optional.empty())
                : new PropertySource(Kind.INHERITED, Optional.of(told));
    }

    /** Returns the source as {@code zfs get} prints it. */
    @Override
    public String toString() {
        return switch (kind) {
            case LOCAL -> "local";
            case RECEIVED -> "received";
            case DEFAULT -> "default";
            case NONE -> "-";
            case INHERITED -> "inherited from " + from.orElse("?");
        };
    }
}
