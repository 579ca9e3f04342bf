package dev.firstboot.zfs.poolimage.block;

import dev.firstboot.zfs.poolimage.format.BlockCompression;
import dev.firstboot.zfs.poolimage.format.BlockPointer;
import dev.firstboot.zfs.poolimage.format.Checksum;
import dev.firstboot.zfs.poolimage.format.ChecksumType;
import java.util.Arrays;

/**
 * A block as it will be stored, before space is allocated: {@code zio_write_compress} in {@code module/zfs/zio.c}. Immutable; may be made on any thread.
 *
 * @param kind how it is stored
 * @param bytes the bytes to store, whole sectors; for an embedded block, those that go into the pointer
 * @param size how many of these bytes to store
 * @param logicalSize the size before compression, in bytes
 * @param compression how they are compressed
 * @param checksumType how their checksum is computed
 * @param checksum the checksum of what is stored
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
        /** All zeros, which take no space. */
        HOLE,
        /** So small that it is in its pointer. */
        EMBEDDED,
        STORED
    }

    /**
     * How a block is prepared.
     *
     * @param mayVanish whether a block of zeros may become a hole
     * @param mayEmbed whether a small block may go into its pointer
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

    /** Returns a block whose bytes are stored as they are. */
    static PreparedBlock stored(
            byte[] bytes, int size, int logicalSize, BlockCompression compression, ChecksumType checksum) {
        return new PreparedBlock(
                Kind.STORED, bytes, size, logicalSize, compression, checksum, checksum.of(bytes, size));
    }

    private static boolean isZero(byte[] data, int length) {
        return data[0] == 0 && Arrays.mismatch(data, 0, length - 1, data, 1, length) < 0;
    }
}
