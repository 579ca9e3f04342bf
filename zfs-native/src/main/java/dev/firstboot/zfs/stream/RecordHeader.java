package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.internal.checksum.Fletcher4;
import dev.firstboot.zfs.nvlist.NvList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/** Reads the fields of a record header: the 312 bytes of {@code struct dmu_replay_record} in {@code sys/zfs_ioctl.h}. */
final class RecordHeader {
    static final int SIZE = 312;

    /** Offset of the checksum of everything before it ({@code drr_checksum}); a {@code DRR_BEGIN} has part of its name there. */
    static final int CHECKSUM = SIZE - 4 * Long.BYTES;

    static final int BEGIN = 0;
    static final int END = 5;

    private static final int WRITE_BY_REFERENCE = 6;
    private static final int MAGIC = 8;
    private static final long MAGIC_NUMBER = 0x2F5bacbacL;
    private static final int VERSION = 16;
    private static final int NAME = 56;
    private static final long COMPOUND = 2;
    private static final int HEADER_TYPE_BITS = 2;
    private static final long FEATURES = (1L << 56) - 1;

    /** Offset of what follows the stream checksum in a {@code DRR_END}. */
    static final int BEHIND_STREAM_CHECKSUM = 40;

    private final ByteBuffer in;
    private final long position;

    /**
     * @param bytes an array that contains the header
     * @param offset where the header starts in the array
     * @param position where the header starts in the stream
     */
    RecordHeader(byte[] bytes, int offset, ByteOrder order, long position) {
        this.in = ByteBuffer.wrap(bytes, offset, SIZE).slice().order(order);
        this.position = position;
    }

    /** Returns the byte order of a header that starts a stream; empty if it does not start one. */
    static Optional<ByteOrder> orderOfBegin(byte[] bytes, int offset) {
        ByteBuffer header = ByteBuffer.wrap(bytes, offset, SIZE).slice();
        if (header.getInt(0) != BEGIN) {
            return Optional.empty();
        } else if (header.getLong(MAGIC) == MAGIC_NUMBER) {
            return Optional.of(ByteOrder.BIG_ENDIAN);
        }
        return header.getLong(MAGIC) == Long.reverseBytes(MAGIC_NUMBER)
                ? Optional.of(ByteOrder.LITTLE_ENDIAN)
                : Optional.empty();
    }

    int type() {
        return in.getInt(0);
    }

    /** Returns the checksum of everything before it; zero in old streams and in the heads of packages. */
    Fletcher4.Words checksum() {
        return words(CHECKSUM);
    }

    /** Returns the checksum of everything before a {@code DRR_END}: {@code drr_end.drr_checksum}. */
    Fletcher4.Words streamChecksum() {
        return words(8);
    }

    /** Returns whether it is a {@code DRR_END} with only zeros from this offset on. The one that ends a package has no checksum to check it by. */
    boolean isBlankEnd(int from) {
        for (int i = from; i < SIZE; i++) {
            if (in.get(i) != 0) {
                return false;
            }
        }
        return type() == END && in.getInt(Integer.BYTES) == 0;
    }

    private Fletcher4.Words words(int at) {
        return new Fletcher4.Words(in.getLong(at), in.getLong(at + 8), in.getLong(at + 16), in.getLong(at + 24));
    }

    /** Returns the record, unless it is a {@code DRR_BEGIN}. */
    SendRecord record() {
        return switch (type()) {
            case 1 -> object();
            case 2 -> new SendRecord.FreeObjects(in.getLong(8), in.getLong(16), guid(24));
            case 3 -> write();
            case 4 -> new SendRecord.Free(in.getLong(8), in.getLong(16), in.getLong(24), guid(32));
            case END -> new SendRecord.End(guid(40));
            case WRITE_BY_REFERENCE -> throw deduplicated(position);
            case 7 ->
                new SendRecord.Spill(
                        in.getLong(8), in.getLong(16), guid(24), int8(32), int8(33), in.getLong(40), in.getInt(84));
            case 8 ->
                new SendRecord.WriteEmbedded(
                        in.getLong(8),
                        in.getLong(16),
                        in.getLong(24),
                        guid(32),
                        int8(40),
                        int8(41),
                        uint32(48),
                        uint32(52));
            case 9 -> new SendRecord.ObjectRange(in.getLong(8), in.getLong(16), guid(24), int8(68));
            case 10 -> new SendRecord.Redact(in.getLong(8), in.getLong(16), in.getLong(24), guid(32));
            default -> throw new MalformedStreamException("a record of the unknown type " + type(), position);
        };
    }

    static UnsupportedStreamException deduplicated(long position) {
        return new UnsupportedStreamException(
                "this is a deduplicated stream (zfs send -D), which no OpenZFS since 2.0 makes; `zstream redup` turns it"
                        + " into one that can be read",
                position);
    }

    private SendRecord object() {
        return new SendRecord.DmuObject(
                in.getLong(8),
                in.getInt(16),
                in.getInt(20),
                uint32(24),
                uint32(28),
                int8(32),
                int8(33),
                int8(34),
                int8(35),
                uint32(36),
                guid(40),
                int8(48),
                int8(49),
                int8(50),
                in.getLong(56));
    }

    private SendRecord write() {
        return new SendRecord.Write(
                in.getLong(8),
                in.getInt(16),
                in.getLong(24),
                in.getLong(32),
                guid(40),
                int8(48),
                int8(49),
                int8(50),
                in.getLong(96));
    }

    /** Returns the size of the list that follows a {@code DRR_BEGIN}, in bytes: {@code drr_payloadlen}. */
    long detailsSize() {
        return uint32(4);
    }

    /** Returns whether it is the {@code DRR_BEGIN} of a raw stream: {@code DMU_BACKUP_FEATURE_RAW}. */
    boolean isRaw() {
        return (features() & StreamFeature.RAW.mask()) != 0;
    }

    private long features() {
        return in.getLong(VERSION) >>> HEADER_TYPE_BITS & FEATURES;
    }

    /** Returns the record, if it is a {@code DRR_BEGIN}. */
    SendRecord.Begin begin(Optional<NvList> details) {
        return new SendRecord.Begin(
                (in.getLong(VERSION) & 3) == COMPOUND,
                features(),
                created(),
                in.getInt(32),
                in.getInt(36),
                guid(40),
                Optional.of(guid(48)).filter(from -> from.bits() != 0),
                name(),
                detailsSize(),
                details);
    }

    private Instant created() {
        long seconds = in.getLong(24);
        if (seconds < Instant.MIN.getEpochSecond() || seconds > Instant.MAX.getEpochSecond()) {
            throw new MalformedStreamException("a snapshot taken in the second " + seconds, position);
        }
        return Instant.ofEpochSecond(seconds);
    }

    private String name() {
        int length = 0;
        while (NAME + length < SIZE && in.get(NAME + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        in.get(NAME, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private Guid guid(int at) {
        return new Guid(in.getLong(at));
    }

    private int int8(int at) {
        return Byte.toUnsignedInt(in.get(at));
    }

    private long uint32(int at) {
        return Integer.toUnsignedLong(in.getInt(at));
    }
}
