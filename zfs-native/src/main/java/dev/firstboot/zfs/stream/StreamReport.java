package dev.firstboot.zfs.stream;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The findings of {@link StreamVerifier}. Immutable.
 *
 * @param verdict the result in one word
 * @param length how many bytes were read: all bytes, if the verdict is {@link Verdict#INTACT} or {@link Verdict#TRUNCATED}
 * @param verified how many bytes from the start a later checksum has verified
 * @param streams the streams of single snapshots and the heads of packages, in order; the last may be incomplete
 * @param problem what is wrong, and where; empty if nothing is wrong
 * @param resume the token to resume the incomplete stream where its verified part ends; empty if nothing is missing, or if too little has arrived. In a package
 *     it covers the last stream only; those after it must be sent again.
 */
public record StreamReport(
        Verdict verdict,
        long length,
        long verified,
        List<Contained> streams,
        Optional<StreamException> problem,
        Optional<ResumeToken> resume) {
    /** The result in one word. */
    public enum Verdict {
        /** The stream is complete, and every checksum matches. */
        INTACT,
        /** The stream ends too early; every checksum before that matches. */
        TRUNCATED,
        /** A checksum is wrong, or the bytes are not a stream. */
        DAMAGED,
        /** The stream is deduplicated, and was not read to its end. */
        UNSUPPORTED
    }

    /**
     * A stream of one snapshot, or the head of a package.
     *
     * @param begin its first record
     * @param position where it starts
     * @param records how many records it has, with its first and last
     * @param payload how many bytes of payload its records have
     * @param complete whether its last record is there
     */
    public record Contained(SendRecord.Begin begin, long position, long records, long payload, boolean complete) {
        @Override
        public String toString() {
            String what = begin.compound()
                    ? "package"
                    : begin.from().map(from -> "incremental since guid " + from).orElse("full");
            return begin.toName() + " (guid " + begin.to() + "), " + what + ", " + records + " records, " + payload
                    + " bytes of payload" + (complete ? "" : ", incomplete");
        }
    }

    /** Takes a copy of the list. */
    public StreamReport {
        streams = List.copyOf(streams);
    }

    /** Returns whether the stream is complete and undamaged. */
    public boolean isIntact() {
        return verdict == Verdict.INTACT;
    }

    /** Returns the report as a few lines of text. */
    @Override
    public String toString() {
        return verdict + ": " + length + " bytes read, the first " + verified + " verified"
                + streams.stream().map(stream -> "\n  " + stream).collect(Collectors.joining())
                + problem.map(found -> "\nproblem: " + found.getMessage()).orElse("")
                + resume.map(token -> "\nresume with: zfs send -t " + token.encode() + "\n  " + token)
                        .orElse("");
    }
}
