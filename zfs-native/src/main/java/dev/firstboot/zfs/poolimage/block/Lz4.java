package dev.firstboot.zfs.poolimage.block;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/**
 * LZ4 as OpenZFS frames it ({@code module/zfs/lz4.c}): the length of the compressed bytes, big-endian in four bytes, then an
 * ordinary LZ4 block.
 *
 * <p>Only the compressors written in Java are used: they give the same bytes on every machine. The native one is another program
 * and need not. Not thread-safe.
 */
final class Lz4 implements Compressor {
    private static final int HEADER = Integer.BYTES;

    private final LZ4Compressor compressor = LZ4Factory.fastestJavaInstance().fastCompressor();

    @Override
    public int compress(byte[] source, int length, byte[] target, int limit) {
        int room = Math.min(limit, target.length) - HEADER;
        if (room <= 0) {
            return 0;
        }
        try {
            int size = compressor.compress(source, 0, length, target, HEADER, room);
            ByteBuffer.wrap(target).putInt(0, size);
            return HEADER + size;
        } catch (LZ4Exception e) {
            // It does not get small enough.
            return 0;
        }
    }
}
