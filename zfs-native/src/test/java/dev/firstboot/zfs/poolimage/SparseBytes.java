package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.poolimage.tree.SparseContent;

/** Bytes whose longer runs of zeros are told as holes. */
final class SparseBytes extends SparseContent {
    private static final int SHORTEST = 1000;

    private final byte[] bytes;
    private int at;

    SparseBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long hole() {
        int end = at;
        while (end < bytes.length && bytes[end] == 0) {
            end++;
        }
        return end - at < SHORTEST ? 0 : end - at;
    }

    @Override
    public int read() {
        return at == bytes.length ? -1 : bytes[at++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (at == bytes.length && length > 0) {
            return -1;
        }
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, target, offset, count);
        at += count;
        return count;
    }
}
