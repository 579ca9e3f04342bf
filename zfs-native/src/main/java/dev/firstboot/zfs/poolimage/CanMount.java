package dev.firstboot.zfs.poolimage;

/** Whether a filesystem may be mounted: the {@code canmount} property. */
public enum CanMount {
    /** Never. */
    OFF(0),
    /** Yes, with all others. */
    ON(1),
    /** Only when asked for by name, as boot environments are. */
    NOAUTO(2);

    private final long value;

    CanMount(long value) {
        this.value = value;
    }

    long value() {
        return value;
    }
}
