package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import dev.firstboot.zfs.nvlist.NvLookupException;
import dev.firstboot.zfs.nvlist.NvType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where to go on with a stream that was received in part: the property {@code receive_resume_token}, which {@code zfs send -t}
 * takes. Immutable; equal if its contents are.
 *
 * <p>A token is a request of the receiver's: it can name any snapshot of the sender, and ask for it to be sent decrypted. A
 * sender that does not trust the receiver compares {@link #toName()}, {@link #to()}, {@link #from()} and {@link #rawOk()} with
 * what it meant to send.
 */
public final class ResumeToken {
    private final NvList contents;

    private ResumeToken(NvList contents) {
        this.contents = contents;
    }

    /**
     * Reads a token. Safe with hostile text.
     *
     * @throws MalformedTokenException if it is none, or was damaged
     */
    public static ResumeToken parse(String text) {
        return of(TokenText.decode(text));
    }

    /**
     * Takes what a token holds.
     *
     * @throws MalformedTokenException if something is missing or of the wrong type
     */
    public static ResumeToken of(NvList contents) {
        try {
            contents.uint64("toguid");
            contents.string("toname");
            contents.uint64("object");
            contents.uint64("offset");
            contents.uint64("bytes");
        } catch (NvLookupException e) {
            throw new MalformedTokenException("what it holds is not right: " + e.getMessage(), e);
        }
        optional(contents, "fromguid", NvType.UINT64);
        optional(contents, "redact_snaps", NvType.UINT64_ARRAY);
        optional(contents, "book_redact_snaps", NvType.UINT64_ARRAY);
        return new ResumeToken(contents);
    }

    private static void optional(NvList contents, String name, NvType type) {
        contents.find(name).filter(pair -> pair.type() != type).ifPresent(pair -> {
            throw new MalformedTokenException("'" + name + "' in it is of type " + pair.type() + ", not " + type);
        });
    }

    /** The token of a stream that got this far, as its receiver would print it. */
    static ResumeToken of(SendRecord.Begin begin, long object, long offset, long bytes) {
        NvListBuilder contents = NvList.builder();
        if (!begin.from().equals(Guid.NONE)) {
            contents.addUint64("fromguid", begin.from().bits());
        }
        contents.addUint64("object", object)
                .addUint64("offset", offset)
                .addUint64("bytes", bytes)
                .addUint64("toguid", begin.to().bits())
                .addString("toname", begin.toName());
        flag(contents, begin, StreamFeature.LARGE_BLOCKS, "largeblockok");
        flag(contents, begin, StreamFeature.EMBED_DATA, "embedok");
        flag(contents, begin, StreamFeature.COMPRESSED, "compressok");
        flag(contents, begin, StreamFeature.RAW, "rawok");
        redaction(contents, begin, "redact_snaps", "redact_snaps");
        redaction(contents, begin, "redact_from_snaps", "book_redact_snaps");
        return of(contents.build());
    }

    private static void flag(NvListBuilder contents, SendRecord.Begin begin, StreamFeature feature, String name) {
        if (begin.has(feature)) {
            contents.addFlag(name);
        }
    }

    private static void redaction(NvListBuilder contents, SendRecord.Begin begin, String theirs, String ours) {
        begin.details()
                .flatMap(details -> details.find(theirs))
                .filter(pair -> pair.type() == NvType.UINT64_ARRAY)
                .ifPresent(pair -> contents.addUint64Array(ours, (long[]) pair.value()));
    }

    /** The text that {@code zfs send -t} takes. */
    public String encode() {
        return TokenText.encode(contents);
    }

    /** The snapshot that is being sent. */
    public Guid to() {
        return new Guid(contents.uint64("toguid"));
    }

    /** Its name where it was sent. */
    public String toName() {
        return contents.string("toname");
    }

    /** What an incremental stream starts from; empty of a full one. */
    public Optional<Guid> from() {
        return contents.find("fromguid").map(pair -> new Guid((Long) pair.value()));
    }

    /** The object that sending goes on with; unsigned. */
    public long object() {
        return contents.uint64("object");
    }

    /** Where in the object, in bytes; unsigned. */
    public long offset() {
        return contents.uint64("offset");
    }

    /** How many bytes of the stream were received; unsigned. */
    public long bytes() {
        return contents.uint64("bytes");
    }

    /** Whether blocks may be sent embedded: {@code zfs send -e}. */
    public boolean embedOk() {
        return contents.flag("embedok");
    }

    /** Whether blocks of more than 128 KiB may be sent: {@code zfs send -L}. */
    public boolean largeBlockOk() {
        return contents.flag("largeblockok");
    }

    /** Whether blocks may be sent compressed: {@code zfs send -c}. */
    public boolean compressOk() {
        return contents.flag("compressok");
    }

    /** Whether blocks are sent as they are on disk, encrypted: {@code zfs send -w}. */
    public boolean rawOk() {
        return contents.flag("rawok");
    }

    /** The snapshots that the stream is redacted with respect to; empty if it is redacted with respect to none. */
    public Optional<List<Guid>> redactedFor() {
        return guids("redact_snaps");
    }

    /** The snapshots that the redaction bookmark holds which an incremental stream starts from; empty if it starts from none. */
    public Optional<List<Guid>> fromRedactedFor() {
        return guids("book_redact_snaps");
    }

    private Optional<List<Guid>> guids(String name) {
        return contents.find(name)
                .map(pair ->
                        Arrays.stream((long[]) pair.value()).mapToObj(Guid::new).toList());
    }

    /** Everything in it, also what has no accessor here. */
    public NvList contents() {
        return contents;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResumeToken token && contents.equals(token.contents);
    }

    @Override
    public int hashCode() {
        return contents.hashCode();
    }

    /** What it asks for, in a line; {@link #encode()} is the token. */
    @Override
    public String toString() {
        return toName() + " (guid " + to() + ")"
                + from().map(guid -> " since guid " + guid).orElse("") + " from object "
                + Long.toUnsignedString(object()) + ", offset " + Long.toUnsignedString(offset()) + " on; "
                + Long.toUnsignedString(bytes()) + " bytes are there";
    }
}
