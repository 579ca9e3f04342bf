package dev.firstboot.zfs.pool.block;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;

/**
 * LZ4 as OpenZFS frames it ({@code module/zfs/lz4.c}): the length of the compressed bytes, big-endian in four bytes, then an
 * ordinary LZ4 block.
 *
 * <p>Only the compressors written in Java are used: they give the same bytes on every machine. The native one is another program
 * and need not. Not thread-safe.
 */
final class Lz4 {
    private static final int HEADER = Integer.BYTES;

    private static final ThreadLocal<Lz4> OF_THREAD = ThreadLocal.withInitial(Lz4::new);

    private byte[] buffer = new byte[0];

    private final LZ4Compressor compressor = LZ4Factory.fastestJavaInstance().fastCompressor();

    /** The one of the calling thread. */
    static Lz4 ofThisThread() {
        return OF_THREAD.get();
    }

    /** Room to compress {@code length} bytes into, the same each time. */
    byte[] buffer(int length) {
        if (buffer.length < bound(length)) {
            buffer = new byte[bound(length)];
        }
        return buffer;
    }

    /** Most bytes that {@link #compress} may need. */
    int bound(int length) {
        return HEADER + compressor.maxCompressedLength(length);
    }

    /** Compresses into {@code target}, which has {@link #bound} bytes; returns the bytes taken, header included. */
    int compress(byte[] source, int length, byte[] target) {
        int size = compressor.compress(source, 0, length, target, HEADER, target.length - HEADER);
        ByteBuffer.wrap(target).putInt(0, size);
        return HEADER + size;
    }
}
