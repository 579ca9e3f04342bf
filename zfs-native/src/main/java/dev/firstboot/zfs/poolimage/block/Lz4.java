package dev.firstboot.zfs.poolimage.block;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;

/**
 * LZ4 in the format of OpenZFS ({@code module/zfs/lz4.c}): the length of the compressed bytes, big-endian in four bytes, then an ordinary LZ4 block.
 *
 * <p>Uses only the compressors in Java: they give the same bytes on every machine. The native one is another implementation and may give other bytes. Not
 * thread-safe.
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
            // The result is not small enough.
            return 0;
        }
    }
}
