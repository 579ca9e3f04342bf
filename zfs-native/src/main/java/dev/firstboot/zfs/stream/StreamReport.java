package dev.firstboot.zfs.stream;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What {@link StreamVerifier} found. Immutable.
 *
 * @param verdict the short of it
 * @param length how many bytes were read: all of them, if the verdict is {@link Verdict#INTACT} or {@link Verdict#TRUNCATED}
 * @param verified how many bytes from the start on are known to be right, by a checksum behind them
 * @param streams the streams of single snapshots and the heads of packages, in order; the last may be incomplete
 * @param problem what is wrong, and where; empty if nothing is
 * @param resume how to have the incomplete stream sent from where it stops being right; empty if nothing is missing, or too
 *     little is there. Of a package this is about its last stream alone; those after it have to be sent anew.
 */
public record StreamReport(
        Verdict verdict,
        long length,
        long verified,
        List<Contained> streams,
        Optional<StreamException> problem,
        Optional<ResumeToken> resume) {
    /** The short of it. */
    public enum Verdict {
        /** Complete, and every checksum is right. */
        INTACT,
        /** It ends too early; what is there is right. */
        TRUNCATED,
        /** A checksum is wrong, or it is not a stream at all. */
        DAMAGED,
        /** Deduplicated, and therefore not read to its end. */
        UNSUPPORTED
    }

    /**
     * A stream of one snapshot, or the head of a package.
     *
     * @param begin how it starts
     * @param position where it starts
     * @param records how many records it has, with its first and last
     * @param payload how many bytes follow records
     * @param complete whether its end is there
     */
    public record Contained(SendRecord.Begin begin, long position, long records, long payload, boolean complete) {
        @Override
        public String toString() {
            String what = begin.compound()
                    ? "package"
                    : begin.from().equals(Guid.NONE) ? "full" : "incremental since guid " + begin.from();
            return begin.toName() + " (guid " + begin.to() + "), " + what + ", " + records + " records, " + payload
                    + " bytes of payload" + (complete ? "" : ", incomplete");
        }
    }

    /** Takes a copy of the list. */
    public StreamReport {
        streams = List.copyOf(streams);
    }

    /** Whether all of it is there and right. */
    public boolean isIntact() {
        return verdict == Verdict.INTACT;
    }

    /** A few lines for people. */
    @Override
    public String toString() {
        return verdict + ": " + length + " bytes read, the first " + verified + " verified"
                + streams.stream().map(stream -> "\n  " + stream).collect(Collectors.joining())
                + problem.map(found -> "\nproblem: " + found.getMessage()).orElse("")
                + resume.map(token -> "\nresume with: zfs send -t " + token.encode() + "\n  " + token)
                        .orElse("");
    }
}
