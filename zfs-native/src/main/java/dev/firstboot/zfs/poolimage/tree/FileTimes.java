package dev.firstboot.zfs.poolimage.tree;

import java.time.Instant;

/** When an entry was last read, written and changed. */
public record FileTimes(Instant accessed, Instant modified, Instant changed) {
    /** All three the same. */
    public static FileTimes all(Instant time) {
        return new FileTimes(time, time, time);
    }
}
