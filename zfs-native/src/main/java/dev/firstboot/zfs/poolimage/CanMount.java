package dev.firstboot.zfs.poolimage;

/** Whether a filesystem may be mounted: the {@code canmount} property. */
public enum CanMount {
    /** It is never mounted. */
    OFF(0),
    /** It is mounted with all others. */
    ON(1),
    /** It is mounted only by its name, as boot environments are. */
    NOAUTO(2);

    private final long value;

    CanMount(long value) {
        this.value = value;
    }

    long value() {
        return value;
    }
}
