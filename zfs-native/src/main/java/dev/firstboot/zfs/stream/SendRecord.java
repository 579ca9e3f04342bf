package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.nvlist.NvList;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * One record of a send stream: {@code struct dmu_replay_record}. Immutable. Numbers that C keeps unsigned in 64 bits are
 * {@code long}s of the same bits; {@link Free#length()} makes use of that. Types, compressions and checksums are the numbers of
 * OpenZFS's {@code enum}s. The salts, vectors and codes of encrypted blocks are not among the values.
 */
public sealed interface SendRecord {
    /** How many bytes follow the record. */
    default long payloadSize() {
        return 0;
    }

    /**
     * {@code DRR_BEGIN}: a stream of one snapshot starts, or a package of several.
     *
     * @param compound whether this is the head of a package ({@code zfs send -R}), which the streams follow
     * @param featureFlags what a receiver needs, as bits; {@link #features()} names them
     * @param created when the snapshot was taken
     * @param type what is sent: 2 a file system, 3 a volume ({@code dmu_objset_type_t})
     * @param flags {@code DRR_FLAG_} bits
     * @param to the snapshot that is sent
     * @param from the snapshot that an incremental stream starts from; empty for a full stream
     * @param toName the snapshot's full name where it was sent
     * @param payloadSize bytes of the list that follows
     * @param details the list that follows: of a package all its snapshots, else how to resume, redact or decrypt
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
        /** The features that have a name here. */
        public Set<StreamFeature> features() {
            return StreamFeature.of(featureFlags);
        }

        /** Whether a receiver needs that feature. */
        public boolean has(StreamFeature feature) {
            return (featureFlags & feature.mask()) != 0;
        }
    }

    /**
     * {@code DRR_OBJECT}: an object is made or changed. Its bonus buffer follows.
     *
     * @param rawBonusLength bytes of the bonus buffer as it is on disk, in raw streams; else 0
     * @param highestBlock number of the last block, in raw streams; else 0
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

    /** {@code DRR_FREEOBJECTS}: {@code count} objects from {@code first} on are not there. */
    record FreeObjects(long first, long count, Guid to) implements SendRecord {}

    /**
     * {@code DRR_WRITE}: a block, which follows.
     *
     * @param logicalSize bytes of the block as a reader of the file sees it
     * @param compression 0 if the block follows as a reader sees it
     * @param compressedSize bytes that follow if it is compressed
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

    /** {@code DRR_FREE}: a hole; a {@code length} of -1 goes on to the end of the object. */
    record Free(long object, long offset, long length, Guid to) implements SendRecord {}

    /** {@code DRR_SPILL}: the block with those attributes of an object that its bonus buffer has no room for; it follows. */
    record Spill(long object, long length, Guid to, int flags, int compression, long compressedSize, int type)
            implements SendRecord {
        @Override
        public long payloadSize() {
            return compressedSize != 0 ? compressedSize : length;
        }
    }

    /** {@code DRR_WRITE_EMBEDDED}: a block so small that it was kept within its block pointer; it follows. */
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

    /** {@code DRR_OBJECT_RANGE}: in raw streams, a block of {@code slots} dnodes. */
    record ObjectRange(long first, long slots, Guid to, int flags) implements SendRecord {}

    /** {@code DRR_REDACT}: this range was left out on purpose. */
    record Redact(long object, long offset, long length, Guid to) implements SendRecord {}

    /** {@code DRR_END}: a stream, the head of a package or a package is complete; {@code to} is of a stream only. */
    record End(Guid to) implements SendRecord {}

    /** Payloads that are not blocks are padded to eight bytes. */
    private static long roundedUp(long size) {
        return (size + 7) / 8 * 8;
    }
}
