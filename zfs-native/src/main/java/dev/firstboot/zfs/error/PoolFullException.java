package dev.firstboot.zfs.error;

/** What is to be written does not fit into the pool. Tells how much room there is and that more is needed. */
public final class PoolFullException extends ZfsException {
    private static final long serialVersionUID = 1;

    private final long needed;
    private final long capacity;

    /** At least {@code needed} bytes would have been used when {@code capacity} bytes were. */
    public PoolFullException(long needed, long capacity) {
        super("the tree does not fit: at least " + needed + " bytes are needed, the pool has room for " + capacity
                + "; make the image larger");
        this.needed = needed;
        this.capacity = capacity;
    }

    /** Bytes that are needed, at least: what would come later is not counted. */
    public long needed() {
        return needed;
    }

    /** Bytes that the pool has for files; ZFS keeps some back for itself. */
    public long capacity() {
        return capacity;
    }
}
