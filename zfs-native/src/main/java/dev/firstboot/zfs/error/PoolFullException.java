package dev.firstboot.zfs.error;

/** What is to be written does not fit into the pool. Tells how much room there is, how much is needed, and how large an image has that much. */
public final class PoolFullException extends ZfsException {
    private static final long serialVersionUID = 1;

    private final long needed;
    private final long capacity;
    private final long imageSize;

    /** {@code needed} bytes would have been used where there are {@code capacity}, and an image of {@code imageSize} bytes has room for them. */
    public PoolFullException(long needed, long capacity, long imageSize) {
        super("the tree does not fit: " + needed + " bytes are needed, the pool has room for " + capacity
                + "; make the image " + imageSize + " bytes large or larger");
        this.needed = needed;
        this.capacity = capacity;
        this.imageSize = imageSize;
    }

    /** Bytes that are needed. */
    public long needed() {
        return needed;
    }

    /** Bytes that the pool has for files; ZFS keeps some back for itself. */
    public long capacity() {
        return capacity;
    }

    /** Bytes of an image, whole MiB, into which it fits. */
    public long imageSize() {
        return imageSize;
    }
}
