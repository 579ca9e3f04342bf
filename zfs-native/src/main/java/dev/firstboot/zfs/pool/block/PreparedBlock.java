package dev.firstboot.zfs.pool.block;

import dev.firstboot.zfs.pool.format.BlockCompression;
import dev.firstboot.zfs.pool.format.BlockPointer;
import dev.firstboot.zfs.pool.format.Checksum;
import java.util.Arrays;

/**
 * A block as it will be stored, before it has a place: {@code zio_write_compress} in {@code module/zfs/zio.c}. Immutable; made by
 * any thread.
 *
 * @param kind what becomes of it
 * @param bytes what is stored, whole sectors; of an embedded block what goes into the pointer
 * @param size how many of the bytes
 * @param logicalSize bytes before compression
 * @param compression how they are compressed
 * @param checksum of what is stored
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PreparedBlock(
        Kind kind, byte[] bytes, int size, int logicalSize, BlockCompression compression, Checksum checksum) {
    private static final Checksum NO_CHECKSUM = new Checksum(0, 0, 0, 0);

    enum Kind {
        /** Zeros, which take no space. */
        HOLE,
        /** So small that it lives in its pointer. */
        EMBEDDED,
        STORED
    }

    /**
     * Prepares the first {@code length} bytes, a multiple of 512.
     *
     * @param mayVanish whether zeros may become a hole, and few bytes go into the pointer
     * @param mayEmbed whether few bytes may go into the pointer
     */
    static PreparedBlock of(
            byte[] data,
            int length,
            BlockCompression compression,
            VdevGeometry geometry,
            boolean mayVanish,
            boolean mayEmbed) {
        if (mayVanish && isZero(data, length)) {
            return new PreparedBlock(Kind.HOLE, data, 0, length, BlockCompression.OFF, NO_CHECKSUM);
        }
        if (compression == BlockCompression.LZ4) {
            Lz4 lz4 = Lz4.ofThisThread();
            byte[] target = lz4.buffer(length);
            int size = lz4.compress(data, length, target);
            if (mayEmbed && size <= BlockPointer.PAYLOAD_SIZE) {
                byte[] payload = Arrays.copyOf(target, size);
                return new PreparedBlock(Kind.EMBEDDED, payload, size, length, compression, NO_CHECKSUM);
            }
            int rounded = (int) geometry.roundUp(size);
            if (size <= length - (length >> 3) && rounded < length) {
                byte[] stored = Arrays.copyOf(Arrays.copyOf(target, size), rounded);
                return stored(stored, rounded, length, compression);
            }
        }
        return stored(data, length, length, BlockCompression.OFF);
    }

    /** Bytes that are stored as they are. */
    static PreparedBlock stored(byte[] bytes, int size, int logicalSize, BlockCompression compression) {
        return new PreparedBlock(Kind.STORED, bytes, size, logicalSize, compression, Checksum.fletcher4(bytes, size));
    }

    private static boolean isZero(byte[] data, int length) {
        return data[0] == 0 && Arrays.mismatch(data, 0, length - 1, data, 1, length) < 0;
    }
}
