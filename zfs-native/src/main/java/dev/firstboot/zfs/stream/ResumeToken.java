package dev.firstboot.zfs.stream;

import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.nvlist.NvListBuilder;
import dev.firstboot.zfs.nvlist.NvLookupException;
import dev.firstboot.zfs.nvlist.NvType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The point at which to resume a stream: the property {@code receive_resume_token}, which {@code zfs send -t} takes. Immutable; equal by contents.
 *
 * <p>A token is a request by the receiver. It can name any snapshot of the sender and ask for decrypted blocks. A sender that does not trust the receiver compares
 * {@link #toName()}, {@link #to()}, {@link #from()} and {@link #rawOk()} with what it meant to send.
 */
public final class ResumeToken {
    private final NvList contents;

    private ResumeToken(NvList contents) {
        this.contents = contents;
    }

    /**
     * Reads a token. Safe with hostile text.
     *
     * @throws MalformedTokenException if the text is not a token or is damaged
     */
    public static ResumeToken parse(String text) {
        return of(TokenText.decode(text));
    }

    /**
     * Creates a token from its contents.
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

    /** Returns the token of a stream that was received this far, as its receiver would print it. */
    static ResumeToken of(SendRecord.Begin begin, long object, long offset, long bytes) {
        NvListBuilder contents = NvList.builder();
        begin.from().ifPresent(from -> contents.addUint64("fromguid", from.bits()));
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

    /** Returns the text that {@code zfs send -t} takes. */
    public String encode() {
        return TokenText.encode(contents);
    }

    /** Returns the snapshot that is sent. */
    public Guid to() {
        return new Guid(contents.uint64("toguid"));
    }

    /** Returns the full name of that snapshot at the sender. */
    public String toName() {
        return contents.string("toname");
    }

    /** Returns the snapshot that an incremental stream starts from; empty for a full stream. */
    public Optional<Guid> from() {
        return contents.find("fromguid").map(pair -> new Guid((Long) pair.value()));
    }

    /** Returns the object to continue with; unsigned. */
    public long object() {
        return contents.uint64("object");
    }

    /** Returns the offset in that object, in bytes; unsigned. */
    public long offset() {
        return contents.uint64("offset");
    }

    /** Returns how many bytes of the stream were received; unsigned. */
    public long bytes() {
        return contents.uint64("bytes");
    }

    /** Returns whether blocks may be sent embedded: {@code zfs send -e}. */
    public boolean embedOk() {
        return contents.flag("embedok");
    }

    /** Returns whether blocks larger than 128 KiB may be sent: {@code zfs send -L}. */
    public boolean largeBlockOk() {
        return contents.flag("largeblockok");
    }

    /** Returns whether blocks may be sent compressed: {@code zfs send -c}. */
    public boolean compressOk() {
        return contents.flag("compressok");
    }

    /** Returns whether blocks are sent raw, exactly as they are on disk: {@code zfs send -w}. */
    public boolean rawOk() {
        return contents.flag("rawok");
    }

    /** Returns the snapshots that the stream is redacted for; empty if it is not redacted. */
    public Optional<List<Guid>> redactedFor() {
        return guids("redact_snaps");
    }

    /** Returns the snapshots of the redaction bookmark that an incremental stream starts from; empty if it does not start from one. */
    public Optional<List<Guid>> fromRedactedFor() {
        return guids("book_redact_snaps");
    }

    private Optional<List<Guid>> guids(String name) {
        return contents.find(name)
                .map(pair ->
                        Arrays.stream((long[]) pair.value()).mapToObj(Guid::new).toList());
    }

    /** Returns the whole contents, also what has no accessor here. */
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

    /** Returns what it asks for, in one line; {@link #encode()} returns the text of the token. */
    @Override
    public String toString() {
        return toName() + " (guid " + to() + ")"
                + from().map(guid -> " since guid " + guid).orElse("") + " from object "
                + Long.toUnsignedString(object()) + ", offset " + Long.toUnsignedString(offset()) + " on; "
                + Long.toUnsignedString(bytes()) + " bytes are there";
    }
}
