package dev.firstboot.zfs.stream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Finds the end of a stream in bytes as they pass, so that a reader of a connection takes no byte after it. Checks no checksum: bytes that are not a stream end it.
 * Not thread-safe.
 */
public final class StreamBoundary {
    /** The largest list that libzfs takes by default. */
    private static final long LARGEST_DETAILS = 64 << 20;

    private final byte[] header = new byte[RecordHeader.SIZE];
    private ByteOrder order = ByteOrder.nativeOrder();
    private int filled;
    private long payloadLeft;
    private long position;
    private boolean ended;
    private boolean raw;

    /** Starts before the first byte of a stream. */
    public StreamBoundary() {}

    /** Returns how many of the next bytes certainly belong to the stream; at least one unless it has ended. */
    public long wanted() {
        return ended ? 0 : payloadLeft + RecordHeader.SIZE - filled;
    }

    /** Returns whether the last byte of the stream has passed. */
    public boolean hasEnded() {
        return ended;
    }

    /** Returns whether the stream is raw, which its first record says. */
    public boolean isRaw() {
        return raw;
    }

    /**
     * Consumes the bytes that pass.
     *
     * @throws IllegalArgumentException if there are more than {@link #wanted()}
     */
    public void passed(ByteBuffer bytes) {
        if (bytes.remaining() > wanted()) {
            throw new IllegalArgumentException(bytes.remaining() + " bytes, where " + wanted() + " are of the stream");
        }
        position += bytes.remaining();
        int payload = (int) Math.min(payloadLeft, bytes.remaining());
        bytes.position(bytes.position() + payload);
        payloadLeft -= payload;
        int count = bytes.remaining();
        bytes.get(header, filled, count);
        filled += count;
        if (filled == RecordHeader.SIZE) {
            boolean first = position == RecordHeader.SIZE;
            filled = 0;
            record(first);
        }
    }

    private void record(boolean first) {
        if (first) {
            RecordHeader.orderOfBegin(header, 0).ifPresentOrElse(found -> order = found, () -> ended = true);
            RecordHeader begin = new RecordHeader(header, 0, order, 0);
            payloadLeft = begin.detailsSize();
            raw = begin.isRaw();
            ended |= payloadLeft > LARGEST_DETAILS;
            return;
        }
        RecordHeader next = new RecordHeader(header, 0, order, position);
        if (next.type() == RecordHeader.BEGIN || next.type() == RecordHeader.END) {
            ended = true;
            return;
        }
        try {
            payloadLeft = next.record().payloadSize();
            ended = payloadLeft < 0;
        } catch (StreamException e) {
            ended = true;
        }
    }
}
