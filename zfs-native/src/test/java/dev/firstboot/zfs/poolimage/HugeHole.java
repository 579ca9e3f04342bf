package dev.firstboot.zfs.poolimage;

import dev.firstboot.zfs.poolimage.tree.SparseContent;

/** A file that is a hole but for one byte in its middle. */
final class HugeHole extends SparseContent {
    private final long size;
    private long at;

    HugeHole(long size) {
        this.size = size;
    }

    @Override
    public long hole() {
        return at <= size / 2 ? size / 2 - at : size - at;
    }

    @Override
    public int read() {
        return at == size ? -1 : at++ == size / 2 ? 7 : 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        for (int i = 0; i < length; i++) {
            int one = read();
            if (one < 0) {
                return i == 0 ? -1 : i;
            }
            target[offset + i] = (byte) one;
        }
        return length;
    }

    @Override
    public long skip(long count) {
        long skipped = Math.min(count, hole());
        at += skipped;
        return skipped;
    }
}
