package dev.firstboot.zfs;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.zfs.internal.ffi.SendCalls;
import dev.firstboot.zfs.internal.name.ZfsNames;
import dev.firstboot.zfs.stream.ResumeToken;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options for sending a stream. Immutable and thread-safe: each method returns a copy that differs in one setting. */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public final class SendOptions {
    private static final SendOptions FULL = new SendOptions(null, 0, null, null, Transfer.UNLIMITED);

    private final @Nullable String from;
    private final int flags;
    private final @Nullable ResumeToken resume;
    private final @Nullable String redaction;
    private final long bytesPerSecond;

    private SendOptions(
            @Nullable String from,
            int flags,
            @Nullable ResumeToken resume,
            @Nullable String redaction,
            long bytesPerSecond) {
        this.from = from;
        this.flags = flags;
        this.resume = resume;
        this.redaction = redaction;
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Returns options for a full stream, with no flag and no rate limit. */
    public static SendOptions full() {
        return FULL;
    }

    /** Returns options for an incremental stream: what has changed since an earlier snapshot of the same dataset, or since the origin of a clone. */
    public static SendOptions since(Snapshot from) {
        return new SendOptions(from.name(), 0, null, null, Transfer.UNLIMITED);
    }

    /** Returns options for an incremental stream: what has changed since a bookmark of the same dataset. */
    public static SendOptions since(Bookmark from) {
        return new SendOptions(from.name(), 0, null, null, Transfer.UNLIMITED);
    }

    /** Keeps blocks compressed as they are on disk: {@code LZC_SEND_FLAG_COMPRESS}. By default, blocks are decompressed. */
    public SendOptions compressed() {
        return flag(SendCalls.COMPRESS);
    }

    /** Allows blocks larger than 128 KiB: {@code LZC_SEND_FLAG_LARGE_BLOCK}. By default, larger blocks are split. */
    public SendOptions largeBlocks() {
        return flag(SendCalls.LARGE_BLOCK);
    }

    /** Keeps small blocks embedded in their pointers: {@code LZC_SEND_FLAG_EMBED_DATA}. */
    public SendOptions embedded() {
        return flag(SendCalls.EMBED_DATA);
    }

    /** Sends blocks exactly as they are on disk, encrypted blocks too, without their key: {@code LZC_SEND_FLAG_RAW}. */
    public SendOptions raw() {
        return flag(SendCalls.RAW);
    }

    /** Sends the part of a stream that a dataset has received so far: {@code LZC_SEND_FLAG_SAVED}. Only for {@link Dataset#send}. */
    public SendOptions saved() {
        return flag(SendCalls.SAVED);
    }

    /**
     * Continues a stream where its receiver stopped. Takes neither flags nor origin from the token: compare them with what you meant to send, then set them.
     *
     * @param token the receiver's {@code receive_resume_token}
     */
    public SendOptions resume(ResumeToken token) {
        return new SendOptions(from, flags, Objects.requireNonNull(token, "token"), redaction, bytesPerSecond);
    }

    /**
     * Leaves out what a redaction bookmark hides; see {@link Snapshot#redact}.
     *
     * @param bookmark the part of the bookmark's name after the {@code #}
     */
    public SendOptions redacted(String bookmark) {
        return new SendOptions(from, flags, resume, ZfsNames.shortName(bookmark), bytesPerSecond);
    }

    /**
     * Limits the rate in bytes per second, as an average over the whole transfer. By default, there is no limit.
     *
     * @throws IllegalArgumentException if the number is not positive
     */
    public SendOptions atMost(long bytesPerSecond) {
        return new SendOptions(from, flags, resume, redaction, Transfer.checkedRate(bytesPerSecond));
    }

    private SendOptions flag(int flag) {
        return new SendOptions(from, flags | flag, resume, redaction, bytesPerSecond);
    }

    long bytesPerSecond() {
        return bytesPerSecond;
    }

    long resumeBytes() {
        return resume == null ? 0 : resume.bytes();
    }

    SendCalls.Spec spec(String what) {
        return new SendCalls.Spec(
                what,
                from,
                flags,
                resume == null ? 0 : resume.object(),
                resume == null ? 0 : resume.offset(),
                redaction);
    }

    /** Returns the settings that differ from their defaults. */
    @Override
    public String toString() {
        return new OptionText("send")
                .value("since", from)
                .flag("compressed", flags & SendCalls.COMPRESS)
                .flag("largeBlocks", flags & SendCalls.LARGE_BLOCK)
                .flag("embedded", flags & SendCalls.EMBED_DATA)
                .flag("raw", flags & SendCalls.RAW)
                .flag("saved", flags & SendCalls.SAVED)
                .value("resume", resume)
                .value("redacted", redaction)
                .value("atMost", bytesPerSecond == Transfer.UNLIMITED ? null : bytesPerSecond + " bytes/s")
                .toString();
    }
}
