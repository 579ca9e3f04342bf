package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.internal.checksum.Fletcher4;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Writes streams that no OpenZFS at hand would: of big-endian hosts, of old releases, and wrong ones. */
final class StreamBuilder {
    static final int BEGIN = 0;
    static final int OBJECT = 1;
    static final int WRITE = 3;
    static final int FREE = 4;
    static final int END = 5;
    static final int WRITE_BYREF = 6;
    static final long TO = 0x8000_0000_0000_0001L;

    private final ByteOrder order;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private Fletcher4 sum;
    private boolean withRecordChecksums = true;

    StreamBuilder(ByteOrder order) {
        this.order = order;
        this.sum = new Fletcher4(order);
    }

    /** As releases of ZFS did before records carried checksums. */
    StreamBuilder withoutRecordChecksums() {
        withRecordChecksums = false;
        return this;
    }

    StreamBuilder begin(String name, long features, byte... details) {
        return begin(name, features << 2 | 1, details.length, details);
    }

    StreamBuilder packageHead(byte... details) {
        return begin("tank@all", 2, details.length, details).end();
    }

    StreamBuilder begin(String name, long version, int detailsSize, byte... details) {
        sum = new Fletcher4(order);
        return record(BEGIN, details, record -> {
            record.putInt(4, detailsSize);
            record.putLong(8, 0x2F5bacbacL).putLong(16, version).putLong(24, 1_700_000_000L);
            record.putInt(32, 2).putLong(40, TO);
            record.put(56, name.getBytes(StandardCharsets.UTF_8));
        });
    }

    StreamBuilder object(long number) {
        return record(OBJECT, new byte[8], record -> record.putLong(8, number).putInt(28, 3));
    }

    StreamBuilder write(long object, long offset, byte... block) {
        return record(
                WRITE,
                block,
                record -> record.putLong(8, object).putLong(24, offset).putLong(32, block.length));
    }

    StreamBuilder end() {
        Fletcher4.Words before = sum.words();
        return record(
                END,
                new byte[0],
                record -> record.putLong(8, before.a())
                        .putLong(16, before.b())
                        .putLong(24, before.c())
                        .putLong(32, before.d()));
    }

    StreamBuilder packageEnd() {
        out.writeBytes(ByteBuffer.allocate(RecordHeader.SIZE)
                .order(order)
                .putInt(0, END)
                .array());
        return this;
    }

    StreamBuilder record(int type, byte[] payload, Consumer<ByteBuffer> fields) {
        ByteBuffer record = ByteBuffer.allocate(RecordHeader.SIZE).order(order).putInt(0, type);
        fields.accept(record);
        byte[] bytes = record.array();
        sum.update(bytes, 0, RecordHeader.CHECKSUM);
        if (type != BEGIN && withRecordChecksums) {
            Fletcher4.Words words = sum.words();
            record.putLong(280, words.a())
                    .putLong(288, words.b())
                    .putLong(296, words.c())
                    .putLong(304, words.d());
        }
        sum.update(bytes, RecordHeader.CHECKSUM, RecordHeader.SIZE - RecordHeader.CHECKSUM);
        sum.update(payload, 0, payload.length);
        out.writeBytes(bytes);
        out.writeBytes(payload);
        return this;
    }

    byte[] build() {
        return out.toByteArray();
    }
}
