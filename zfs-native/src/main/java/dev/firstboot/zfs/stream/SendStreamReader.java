package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.internal.checksum.Fletcher4;
import dev.firstboot.zfs.nvlist.MalformedNvListException;
import dev.firstboot.zfs.nvlist.NvList;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Reads a send stream record by record and checks every checksum in it. Reads everything that {@code zfs send} writes, in either byte order, and several
 * streams in a row; refuses deduplicated streams. Not thread-safe.
 *
 * <p>A record contains the checksum of everything before it, so it is verified itself only once the next one has been read: {@link #verified()} returns how far
 * that is.
 */
public final class SendStreamReader implements Closeable {
    /** {@code SPA_MAXBLOCKSIZE}: the largest payload of any record but the first. */
    private static final long LARGEST_BLOCK = 16 << 20;

    /** The largest list that libzfs takes by default. */
    private static final long LARGEST_DETAILS = 64 << 20;

    private final InputStream source;
    private final StreamInput in;
    private ByteOrder order = ByteOrder.nativeOrder();
    private Fletcher4 sum = new Fletcher4(order);

    private boolean withinStream;
    private boolean withinPackageHead;
    private boolean withinPackage;
    private long recordPosition;
    private long payloadLeft;
    private long verified;

    /** Creates a reader, which reads ahead in {@code source} and closes it when closed. */
    public SendStreamReader(InputStream source) {
        this(source, StreamInput.BUFFER);
    }

    SendStreamReader(InputStream source, int bufferSize) {
        this.source = source;
        this.in = new StreamInput(source, bufferSize);
    }

    /**
     * Reads the next record; empty after a complete stream. Skips what was not read of the payload before it, but checks it too.
     *
     * @throws TruncatedStreamException if the stream ends too early
     * @throws StreamChecksumException if a checksum is wrong
     * @throws MalformedStreamException if this is not a stream
     * @throws UnsupportedStreamException if it is deduplicated
     * @throws IOException if reading fails
     */
    public Optional<SendRecord> next() throws IOException {
        readPayload(OutputStream.nullOutputStream());
        recordPosition = in.position();
        if (!in.require(RecordHeader.SIZE)) {
            if (in.available() == 0 && !withinStream && !withinPackage && recordPosition > 0) {
                return Optional.empty();
            }
            throw truncated();
        }
        SendRecord record = withinStream ? inStream() : betweenStreams();
        payloadLeft = record instanceof SendRecord.Begin ? 0 : checkedSize(record.payloadSize(), LARGEST_BLOCK);
        return Optional.of(record);
    }

    /** Reads the payload of the current record; empty if it was read before, and for a {@link SendRecord.Begin}. */
    public byte[] payload() throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        readPayload(payload);
        return payload.toByteArray();
    }

    /** Returns where the current record starts, in bytes from the start of the stream. */
    public long position() {
        return recordPosition;
    }

    /** Returns how many bytes from the start of the stream a later checksum has verified. */
    public long verified() {
        return verified;
    }

    /** Returns how many bytes were read as records and payloads. */
    public long consumed() {
        return in.position();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }

    private SendRecord betweenStreams() throws IOException {
        Optional<ByteOrder> begin = RecordHeader.orderOfBegin(in.buffer, in.offset());
        if (begin.isPresent()) {
            return begin(begin.get());
        }
        RecordHeader header = header();
        if (withinPackage && header.isBlankEnd(Integer.BYTES)) {
            withinPackage = false;
            in.consume(RecordHeader.SIZE);
            verified = in.position();
            return header.record();
        }
        throw new MalformedStreamException(
                recordPosition == 0
                        ? "this is not a send stream: it does not start as one"
                        : "here another stream should start, or the package end",
                recordPosition);
    }

    private SendRecord begin(ByteOrder streamOrder) throws IOException {
        order = streamOrder;
        sum = new Fletcher4(order);
        sum.update(in.buffer, in.offset(), RecordHeader.SIZE);
        // Reading the details that follow may overwrite the buffer.
        byte[] bytes = new byte[RecordHeader.SIZE];
        System.arraycopy(in.buffer, in.offset(), bytes, 0, bytes.length);
        RecordHeader header = new RecordHeader(bytes, 0, order, recordPosition);
        in.consume(RecordHeader.SIZE);
        withinStream = true;
        payloadLeft = checkedSize(header.detailsSize(), LARGEST_DETAILS);
        SendRecord.Begin begin = header.begin(details());
        if (begin.has(StreamFeature.DEDUP)) {
            throw RecordHeader.deduplicated(recordPosition);
        }
        withinPackageHead = begin.compound();
        return begin;
    }

    private Optional<NvList> details() throws IOException {
        if (payloadLeft == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(NvList.decode(payload()));
        } catch (MalformedNvListException e) {
            throw new MalformedStreamException(
                    "the list that starts the stream cannot be read: " + e.getMessage(), recordPosition, e);
        }
    }

    private SendRecord inStream() {
        RecordHeader header = header();
        Fletcher4.Words before = sum.words();
        sum.update(in.buffer, in.offset(), RecordHeader.CHECKSUM);
        boolean withChecksum = !header.checksum().equals(Fletcher4.Words.ZERO);
        if (withChecksum) {
            check(header.checksum(), sum.words(), "what comes before it");
            verified = recordPosition;
        }
        sum.update(in.buffer, in.offset() + RecordHeader.CHECKSUM, RecordHeader.SIZE - RecordHeader.CHECKSUM);
        if (header.type() == RecordHeader.BEGIN) {
            throw new MalformedStreamException("another stream starts before this one has ended", recordPosition);
        }
        SendRecord record = header.record();
        if (record instanceof SendRecord.End) {
            check(header.streamChecksum(), before, "the whole stream");
            end(header, withChecksum);
        }
        in.consume(RecordHeader.SIZE);
        return record;
    }

    private void end(RecordHeader header, boolean withChecksum) {
        if (withinPackageHead && !withChecksum && !header.isBlankEnd(RecordHeader.BEHIND_STREAM_CHECKSUM)) {
            throw new MalformedStreamException(
                    "the end of a package's head holds more than its checksum", recordPosition);
        }
        withinStream = false;
        withinPackage |= withinPackageHead;
        verified = recordPosition + RecordHeader.SIZE;
    }

    private RecordHeader header() {
        return new RecordHeader(in.buffer, in.offset(), order, recordPosition);
    }

    private void check(Fletcher4.Words carried, Fletcher4.Words found, String what) {
        if (!carried.equals(found)) {
            throw new StreamChecksumException(
                    "a record carries the checksum " + carried + " of " + what + ", where it is " + found
                            + ": something changed behind byte " + verified,
                    recordPosition);
        }
    }

    private long checkedSize(long size, long largest) {
        if (size < 0 || size > largest) {
            throw new MalformedStreamException(
                    "a record which " + Long.toUnsignedString(size) + " bytes should follow, where at most " + largest
                            + " can",
                    recordPosition);
        }
        return size;
    }

    private void readPayload(OutputStream target) throws IOException {
        while (payloadLeft > 0) {
            if (!in.require((int) Math.min(Fletcher4.WORD, payloadLeft))) {
                throw truncated();
            }
            int size = (int) Math.min(payloadLeft, in.available());
            if (size < payloadLeft) {
                size -= size % Fletcher4.WORD;
            }
            sum.update(in.buffer, in.offset(), size);
            target.write(in.buffer, in.offset(), size);
            in.consume(size);
            payloadLeft -= size;
        }
    }

    private TruncatedStreamException truncated() {
        long length = in.position() + in.available();
        return new TruncatedStreamException(
                length == 0 ? "the stream is empty" : "the stream ends before it is complete", length);
    }
}
