package dev.firstboot.zfs.poolimage.block;

import dev.firstboot.zfs.poolimage.format.BlockCompression;
import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.format.Checksum;
import dev.firstboot.zfs.poolimage.format.ChecksumType;
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
 * @param checksumType how they are summed up
 * @param checksum of what is stored
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PreparedBlock(
        Kind kind,
        byte[] bytes,
        int size,
        int logicalSize,
        BlockCompression compression,
        ChecksumType checksumType,
        Checksum checksum) {
    private static final Checksum NO_CHECKSUM = new Checksum(0, 0, 0, 0);

    enum Kind {
        /** Zeros, which take no space. */
        HOLE,
        /** So small that it lives in its pointer. */
        EMBEDDED,
        STORED
    }

    /**
     * How a block is prepared.
     *
     * @param mayVanish whether zeros may become a hole, and few bytes go into the pointer
     * @param mayEmbed whether few bytes may go into the pointer
     */
    record Way(
            BlockCompression compression,
            ChecksumType checksum,
            VdevGeometry geometry,
            boolean mayVanish,
            boolean mayEmbed) {}

    /** Prepares the first {@code length} bytes, a multiple of 512. */
    static PreparedBlock of(byte[] data, int length, Way way, Compressors compressors, Buffers buffers) {
        if (way.mayVanish() && isZero(data, length)) {
            return unsummed(Kind.HOLE, data, 0, length, BlockCompression.OFF);
        }
        BlockCompression compression = way.compression();
        if (!compression.equals(BlockCompression.OFF)) {
            byte[] target = buffers.take(length);
            int size;
            try (Compressors.Lent compressor = compressors.lend(compression)) {
                size = compressor.compress(data, length, target, length - (length >> 3));
            }
            int rounded = (int) way.geometry().roundUp(size);
            boolean embedded = way.mayEmbed() && size > 0 && size <= BlockPointer.PAYLOAD_SIZE;
            if (!embedded && size > 0 && rounded < length) {
                Arrays.fill(target, size, rounded, (byte) 0);
                return stored(target, rounded, length, compression, way.checksum());
            }
            byte[] payload = embedded ? Arrays.copyOf(target, size) : data;
            buffers.giveBack(target);
            if (embedded) {
                return unsummed(Kind.EMBEDDED, payload, size, length, compression);
            }
        }
        return stored(data, length, length, BlockCompression.OFF, way.checksum());
    }

    private static PreparedBlock unsummed(
            Kind kind, byte[] bytes, int size, int logicalSize, BlockCompression compression) {
        return new PreparedBlock(kind, bytes, size, logicalSize, compression, ChecksumType.FLETCHER_4, NO_CHECKSUM);
    }

    /** Bytes that are stored as they are. */
    static PreparedBlock stored(
            byte[] bytes, int size, int logicalSize, BlockCompression compression, ChecksumType checksum) {
        return new PreparedBlock(
                Kind.STORED, bytes, size, logicalSize, compression, checksum, checksum.of(bytes, size));
    }

    private static boolean isZero(byte[] data, int length) {
        return data[0] == 0 && Arrays.mismatch(data, 0, length - 1, data, 1, length) < 0;
    }
}
