package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.nvlist.NvList;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One record of a send stream: {@code struct dmu_replay_record} in {@code sys/zfs_ioctl.h}. Immutable. An unsigned 64-bit number of C is a {@code long} with
 * the same bits, so a {@link Free#length()} may be -1. Types, compressions and checksums are the numbers of {@code dmu_object_type_t},
 * {@code enum zio_compress} and {@code enum zio_checksum}. Leaves out the salt, IV and MAC of encrypted blocks.
 *
 * <p>In every record, {@code object} is the number of an object, {@code offset} an offset in it in bytes, and {@code to} the snapshot that is sent
 * ({@code drr_toguid}).
 */
public sealed interface SendRecord {
    /** Returns how many bytes of payload follow the record. */
    default long payloadSize() {
        return 0;
    }

    /**
     * {@code DRR_BEGIN}: a stream of one snapshot starts, or a package of several: {@code struct drr_begin}.
     *
     * @param compound whether this is the head of a package ({@code zfs send -R}); the streams follow it
     * @param featureFlags the features that a receiver must support, as bits; {@link #features()} names them
     * @param created when the snapshot was taken
     * @param type what is sent: 2 for a filesystem, 3 for a volume ({@code dmu_objset_type_t})
     * @param flags {@code DRR_FLAG_} bits
     * @param to the snapshot that is sent
     * @param from the snapshot that an incremental stream starts from; empty for a full stream
     * @param toName the snapshot's full name at the sender
     * @param payloadSize the size of the list that follows, in bytes
     * @param details the list that follows: for a package all its snapshots, else how to resume, redact or decrypt
     */
    record Begin(
            boolean compound,
            long featureFlags,
            Instant created,
            int type,
            int flags,
            Guid to,
            Optional<Guid> from,
            String toName,
            long payloadSize,
            Optional<NvList> details)
            implements SendRecord {
        /** Returns the features that have a name in {@link StreamFeature}. */
        public Set<StreamFeature> features() {
            return StreamFeature.of(featureFlags);
        }

        /** Returns whether a receiver must support a feature. */
        public boolean has(StreamFeature feature) {
            return (featureFlags & feature.mask()) != 0;
        }
    }

    /**
     * {@code DRR_OBJECT}: an object is created or changed: {@code struct drr_object}. Its bonus buffer follows.
     *
     * @param type its type
     * @param bonusType the type of its bonus buffer
     * @param blockSize the size of its blocks, in bytes
     * @param bonusLength the size of its bonus buffer, in bytes
     * @param dnodeSlots the size of its dnode, in slots of 512 bytes
     * @param flags bits: {@code DRR_RAW_BYTESWAP}, {@code DRR_OBJECT_SPILL}
     * @param rawBonusLength the size of the bonus buffer as it is on disk, in bytes; 0 unless the stream is raw
     * @param indirectBlockShift the size of its indirect blocks, as a power of two; 0 unless the stream is raw
     * @param levels the levels of its block tree; 0 unless the stream is raw
     * @param blockPointers the block pointers in its dnode; 0 unless the stream is raw
     * @param highestBlock the number of its last block; 0 unless the stream is raw
     */
    record DmuObject(
            long object,
            int type,
            int bonusType,
            long blockSize,
            long bonusLength,
            int checksum,
            int compression,
            int dnodeSlots,
            int flags,
            long rawBonusLength,
            Guid to,
            int indirectBlockShift,
            int levels,
            int blockPointers,
            long highestBlock)
            implements SendRecord {
        @Override
        public long payloadSize() {
            return rawBonusLength != 0 ? rawBonusLength : roundedUp(bonusLength);
        }
    }

    /** {@code DRR_FREEOBJECTS}: none of the {@code count} objects from number {@code first} on exists. {@code struct drr_freeobjects}. */
    record FreeObjects(long first, long count, Guid to) implements SendRecord {}

    /**
     * {@code DRR_WRITE}: a block, which follows: {@code struct drr_write}.
     *
     * @param type the type of its object
     * @param logicalSize the size of the uncompressed block, in bytes
     * @param flags bits: {@code DRR_CHECKSUM_DEDUP}, {@code DRR_RAW_BYTESWAP}
     * @param compression 0 if the block follows uncompressed
     * @param compressedSize how many bytes follow if it is compressed
     */
    record Write(
            long object,
            int type,
            long offset,
            long logicalSize,
            Guid to,
            int checksum,
            int flags,
            int compression,
            long compressedSize)
            implements SendRecord {
        @Override
        public long payloadSize() {
            return compression != 0 ? compressedSize : logicalSize;
        }
    }

    /** {@code DRR_FREE}: a hole of {@code length} bytes, or up to the end of the object if that is -1. {@code struct drr_free}. */
    record Free(long object, long offset, long length, Guid to) implements SendRecord {}

    /** {@code DRR_SPILL}: the spill block of an object, with the attributes that do not fit into its bonus buffer; it follows. {@code struct drr_spill}. */
    record Spill(long object, long length, Guid to, int flags, int compression, long compressedSize, int type)
            implements SendRecord {
        @Override
        public long payloadSize() {
            return compressedSize != 0 ? compressedSize : length;
        }
    }

    /** {@code DRR_WRITE_EMBEDDED}: a block so small that it is embedded in its block pointer; it follows. {@code struct drr_write_embedded}. */
    record WriteEmbedded(
            long object,
            long offset,
            long length,
            Guid to,
            int compression,
            int embeddedType,
            long logicalSize,
            long physicalSize)
            implements SendRecord {
        @Override
        public long payloadSize() {
            return roundedUp(physicalSize);
        }
    }

    /** {@code DRR_OBJECT_RANGE}: in raw streams, a block of dnodes with {@code slots} slots, from object {@code first} on. {@code struct drr_object_range}. */
    record ObjectRange(long first, long slots, Guid to, int flags) implements SendRecord {}

    /** {@code DRR_REDACT}: this range was redacted, so its data is not in the stream. {@code struct drr_redact}. */
    record Redact(long object, long offset, long length, Guid to) implements SendRecord {}

    /** {@code DRR_END}: a stream, the head of a package or a package is complete; only a stream has a {@code to}. {@code struct drr_end}. */
    record End(Guid to) implements SendRecord {}

    /** Rounds up to 8 bytes, to which payloads that are not blocks are padded. */
    private static long roundedUp(long size) {
        return (size + 7) / 8 * 8;
    }
}
