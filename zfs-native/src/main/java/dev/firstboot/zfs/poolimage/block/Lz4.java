package dev.firstboot.zfs.poolimage.block;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LZ4 in the format of OpenZFS ({@code module/zfs/lz4.c}): the length of the compressed bytes, big-endian in four bytes, then an ordinary LZ4 block.
 *
 * <p>Uses the native library that lz4-java carries: the same version gives the same bytes on all 64-bit little-endian machines. Where it cannot be loaded, the
 * compressor in Java gives other bytes, which ZFS reads as well. Not thread-safe.
 */
final class Lz4 implements Compressor {
    private static final int HEADER = Integer.BYTES;

    private static final Logger LOG = LoggerFactory.getLogger(Lz4.class);

    /** The checksum of what the library of lz4-java {@code 1.11} makes of some bytes. */
    static final long SAMPLE = 0x7f985dc9L;

    private static final LZ4Factory FACTORY = factory();

    private final LZ4Compressor compressor = FACTORY.fastCompressor();

    private static LZ4Factory factory() {
        try {
            LZ4Factory library = LZ4Factory.nativeInstance();
            if (sample(library) != SAMPLE) {
                throw new IllegalStateException("another version of it is on java.library.path");
            }
            return library;
        } catch (RuntimeException | LinkageError | AssertionError e) {
            LOG.warn(
                    "lz4-java cannot use its native library ({}), so pool images take longer to write and differ, byte for byte, from those made where it can;"
                            + " it needs a directory java.io.tmpdir from which programs may be run",
                    e.toString());
            return LZ4Factory.fastestJavaInstance();
        }
    }

    /** Returns the checksum of what a library makes of some bytes, which tells its version. */
    static long sample(LZ4Factory library) {
        byte[] bytes = new byte[1 << 17];
        Random random = new Random(1);
        for (int at = 0; at < bytes.length; at++) {
            bytes[at] = (byte) ('a' + random.nextInt(1 + at / 4096));
        }
        CRC32C sum = new CRC32C();
        sum.update(library.fastCompressor().compress(bytes));
        return sum.getValue();
    }

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
