package dev.firstboot.zfs.error;

/** The files do not fit into the pool. Has the space that the pool has, the space that is needed, and the size of an image that has enough. */
public final class PoolFullException extends ZfsException {
    private static final long serialVersionUID = 1;

    private final long needed;
    private final long capacity;
    private final long imageSize;

    /** Creates an exception; all three numbers are bytes. */
    public PoolFullException(long needed, long capacity, long imageSize) {
        super("the tree does not fit: " + needed + " bytes are needed, the pool has room for " + capacity
                + "; make the image " + imageSize + " bytes large or larger");
        this.needed = needed;
        this.capacity = capacity;
        this.imageSize = imageSize;
    }

    /** Returns how many bytes are needed. */
    public long needed() {
        return needed;
    }

    /** Returns how many bytes the pool has for files; ZFS reserves some for itself. */
    public long capacity() {
        return capacity;
    }

    /** Returns the size of an image into which they fit, in bytes; whole mebibytes. */
    public long imageSize() {
        return imageSize;
    }
}
