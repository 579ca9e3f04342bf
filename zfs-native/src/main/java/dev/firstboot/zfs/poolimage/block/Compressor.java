package dev.firstboot.zfs.poolimage.block;

/** A way to compress a block, with the memory that it needs. Not thread-safe. */
interface Compressor extends AutoCloseable {
    /**
     * Compresses the first {@code length} bytes, in the format of OpenZFS.
     *
     * @param limit the most bytes that are useful, no more than {@code target} has; less than {@code length}
     * @return bytes written, or zero if they would be more than {@code limit}
     */
    int compress(byte[] source, int length, byte[] target, int limit);

    /** Frees memory outside the heap. */
    @Override
    default void close() {}
}
