package dev.firstboot.zfs.poolimage.mos;

/** The transaction groups that a written pool appears to have gone through. */
public final class Txg {
    /** The pool's own first objects, before any data: {@code $ORIGIN} and the root dataset. */
    static final long ORIGIN = 1;

    /** {@code TXG_INITIAL}: all files and filesystems. */
    public static final long CONTENT = 4;

    /** Snapshots; everything in them is older. */
    static final long SNAPSHOT = 5;

    /** The meta object set, and the uberblock that leads to it. */
    public static final long LAST = 6;

    private Txg() {}
}
