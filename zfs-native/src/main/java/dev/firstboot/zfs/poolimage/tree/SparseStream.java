package dev.firstboot.zfs.poolimage.tree;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A file with its holes, made of the parts that an archive contains one after the other. Not thread-safe. */
final class SparseStream extends SparseContent {
    private final InputStream parts;
    private final SparseMap map;
    private final long size;
    private long at;
    private int part;

    SparseStream(InputStream parts, SparseMap map, long size) {
        this.parts = parts;
        this.map = map;
        this.size = size;
    }

    @Override
    public long hole() {
        return Math.max(0, (part == map.count() ? size : map.offset(part)) - at);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == size) {
            return -1;
        }
        long hole = hole();
        if (hole > 0) {
            int zeros = (int) Math.min(hole, length);
            Arrays.fill(target, offset, offset + zeros, (byte) 0);
            at += zeros;
            return zeros;
        }
        long left = map.offset(part) + map.length(part) - at;
        int count = parts.read(target, offset, (int) Math.min(left, length));
        if (count > 0) {
            at += count;
            part += count == left ? 1 : 0;
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long zeros = Math.min(count, hole());
        at += Math.max(0, zeros);
        return zeros > 0 ? zeros : super.skip(count);
    }
}
