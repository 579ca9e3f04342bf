package dev.firstboot.zfs.poolimage.tree;

import java.time.Instant;

/** The times of an entry: last access, last write, last change of its attributes. Immutable. */
public record FileTimes(Instant accessed, Instant modified, Instant changed) {
    /** Returns three equal times. */
    public static FileTimes all(Instant time) {
        return new FileTimes(time, time, time);
    }
}
