package dev.firstboot.zfs.poolimage.block;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;

/**
 * Zstandard in the format of OpenZFS ({@code include/sys/zstd/zstd.h}): the length of the compressed bytes, the level and the version of the library,
 * big-endian in eight bytes, then a Zstandard frame without its magic number. Not thread-safe.
 */
final class Zstd implements Compressor {
    private static final int HEADER = 2 * Integer.BYTES;

    private static final int LEVEL_SHIFT = 24;

    /** {@code ZSTD_VERSION_NUMBER} of the library; it does not change how a block is read. */
    private static final int VERSION = 10507;

    /** {@code ZSTD_error_dstSize_tooSmall}: the result is not small enough. */
    private static final long TARGET_TOO_SMALL = 70;

    private final int level;
    private final ZstdCompressCtx context = new ZstdCompressCtx();

    Zstd(int level) {
        this.level = level;
        context.setLevel(level).setMagicless(true).setChecksum(false).setContentSize(false);
    }

    @Override
    public int compress(byte[] source, int length, byte[] target, int limit) {
        try {
            int size = context.compressByteArray(target, HEADER, limit - HEADER, source, 0, length);
            ByteBuffer.wrap(target).putInt(size).putInt(level << LEVEL_SHIFT | VERSION);
            return HEADER + size;
        } catch (ZstdException e) {
            if (e.getErrorCode() == TARGET_TOO_SMALL) {
                return 0;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
