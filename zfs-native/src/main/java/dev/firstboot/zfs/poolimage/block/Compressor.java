package dev.firstboot.zfs.poolimage.block;

/** One of the ways to make a block smaller, with the memory that it needs for it. Not thread-safe. */
interface Compressor extends AutoCloseable {
    /**
     * Compresses the first {@code length} bytes, in the frame of OpenZFS.
     *
     * @param limit most bytes that are of use, and those that {@code target} has at most; less than {@code length}
     * @return bytes written, or zero if they would be more than {@code limit}
     */
    int compress(byte[] source, int length, byte[] target, int limit);

    /** Gives memory outside the heap back. */
    @Override
    default void close() {}
}
