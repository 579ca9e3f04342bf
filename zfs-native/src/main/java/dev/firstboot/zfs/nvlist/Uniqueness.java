package dev.firstboot.zfs.nvlist;

import java.util.Optional;

/** What may not occur twice in a list: the persistent flags of {@code nvlist_alloc}. */
public enum Uniqueness {
    /** Anything may occur twice. */
    NONE(0),
    /** No two pairs of one name: {@code NV_UNIQUE_NAME}. What ZFS uses nearly everywhere. */
    NAME(1),
    /** No two pairs of one name and type: {@code NV_UNIQUE_NAME_TYPE}. */
    NAME_AND_TYPE(2);

    private final int flags;

    Uniqueness(int flags) {
        this.flags = flags;
    }

    int flags() {
        return flags;
    }

    static Optional<Uniqueness> ofFlags(int flags) {
        return switch (flags) {
            case 0 -> Optional.of(NONE);
            case 1 -> Optional.of(NAME);
            case 2 -> Optional.of(NAME_AND_TYPE);
            default -> Optional.empty();
        };
    }
}
