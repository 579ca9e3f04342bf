package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.PropertyCalls;
import dev.firstboot.zfs.nvlist.NvList;

/** A pool, imported or not. Immutable and thread-safe; equal by name. */
public final class Pool {
    private final Zfs zfs;
    private final String name;

    Pool(Zfs zfs, String name) {
        this.zfs = zfs;
        this.name = name;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Its first filesystem, which has its name. */
    public Dataset root() {
        return zfs.dataset(name);
    }

    /** Its configuration: state, devices, features, as {@code zdb} prints them. */
    public NvList configuration() {
        zfs.check();
        return PropertyCalls.poolConfig(name);
    }

    /** Its properties, as the kernel tells them: by name, a list of {@code value} and {@code source}. */
    public NvList properties() {
        zfs.check();
        return PropertyCalls.pool(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pool that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
