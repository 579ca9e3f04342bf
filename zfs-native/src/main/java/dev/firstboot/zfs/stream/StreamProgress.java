package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.stream.StreamReport.Contained;
import java.util.Optional;

/**
 * Follows one stream, or the head of a package: counts records and payload, and keeps the point from which it could be resumed. As in {@code save_resume_state}
 * of the kernel's {@code dmu_recv.c}, that point advances with each object and each block, once a later checksum has verified them.
 */
final class StreamProgress {
    private final SendRecord.Begin begin;
    private final long start;
    private long records = 1;
    private long payload;
    private boolean complete;
    private boolean afterBlock;
    private Point reached = Point.NOWHERE;
    private Point pending = Point.NOWHERE;

    /** @param start where the stream starts in its file */
    StreamProgress(SendRecord.Begin begin, long start) {
        this.begin = begin;
        this.start = start;
        this.payload = begin.payloadSize();
    }

    /** A point to resume from: an object, an offset in it, and the bytes of the stream up to there. */
    private record Point(long object, long offset, long bytes) {
        /** No point yet: object numbers start at 1. */
        static final Point NOWHERE = new Point(0, 0, 0);

        boolean isBefore(Point other) {
            int order = Long.compareUnsigned(object, other.object);
            return order < 0 || (order == 0 && Long.compareUnsigned(offset, other.offset) <= 0);
        }
    }

    /**
     * Adds the next record.
     *
     * @param position where the record starts in the file
     */
    void add(SendRecord record, long position) {
        records++;
        payload += record.payloadSize();
        complete = record instanceof SendRecord.End;
        long bytes = position + record.payloadSize() - start; // the kernel does not count the first record
        if (record instanceof SendRecord.DmuObject object) {
            moveTo(new Point(object.object(), 0, bytes));
        } else if (record instanceof SendRecord.Write write) {
            moveTo(new Point(write.object(), write.offset(), bytes));
        } else if (record instanceof SendRecord.WriteEmbedded write) {
            moveTo(new Point(write.object(), write.offset(), bytes));
        } else if (afterBlock) {
            // The kernel writes blocks in batches, and also counts the record that ends a batch.
            pending = new Point(pending.object, pending.offset, bytes);
        }
        afterBlock = record instanceof SendRecord.Write;
    }

    /** Advances the point and never moves it back: a record out of order must not lead past what is missing. */
    private void moveTo(Point next) {
        if (pending.isBefore(next)) {
            pending = next;
        }
    }

    /** Marks everything that was added so far as verified. */
    void confirm() {
        reached = pending;
    }

    boolean isComplete() {
        return complete;
    }

    Contained contained() {
        return new Contained(begin, start, records, payload, complete);
    }

    Optional<ResumeToken> resume() {
        return complete || begin.compound() || reached.equals(Point.NOWHERE)
                ? Optional.empty()
                : Optional.of(ResumeToken.of(begin, reached.object, reached.offset, reached.bytes));
    }
}
