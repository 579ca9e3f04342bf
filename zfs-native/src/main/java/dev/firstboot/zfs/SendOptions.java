package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.SendCalls;
import dev.firstboot.zfs.internal.name.ZfsNames;
import dev.firstboot.zfs.stream.ResumeToken;
import org.jspecify.annotations.Nullable;

/** How a snapshot is sent. Immutable: each method returns a copy that differs in one thing. */
public final class SendOptions {
    private static final SendOptions FULL = new SendOptions(new Parts(null, 0, null, null, 0));

    private record Parts(
            @Nullable String from,
            int flags,
            @Nullable ResumeToken resume,
            @Nullable String redaction,
            long bytesPerSecond) {}

    private final Parts parts;

    private SendOptions(Parts parts) {
        this.parts = parts;
    }

    /** All of it. */
    public static SendOptions full() {
        return FULL;
    }

    /** What has changed since an earlier snapshot of the same dataset, or of the one it is a clone of. */
    public static SendOptions since(Snapshot from) {
        return new SendOptions(new Parts(from.name(), 0, null, null, 0));
    }

    /** What has changed since a bookmark. */
    public static SendOptions since(Bookmark from) {
        return new SendOptions(new Parts(from.name(), 0, null, null, 0));
    }

    /** Blocks stay compressed as they are on disk: {@code LZC_SEND_FLAG_COMPRESS}. */
    public SendOptions compressed() {
        return flag(SendCalls.COMPRESS);
    }

    /** Blocks may be larger than 128 KiB: {@code LZC_SEND_FLAG_LARGE_BLOCK}. */
    public SendOptions largeBlocks() {
        return flag(SendCalls.LARGE_BLOCK);
    }

    /** Small blocks may stay embedded in their pointers: {@code LZC_SEND_FLAG_EMBED_DATA}. */
    public SendOptions embedded() {
        return flag(SendCalls.EMBED_DATA);
    }

    /** Blocks as they are on disk, encrypted ones included, without their key: {@code LZC_SEND_FLAG_RAW}. */
    public SendOptions raw() {
        return flag(SendCalls.RAW);
    }

    /** What was received of a stream that ended early, of a dataset instead of a snapshot: {@code LZC_SEND_FLAG_SAVED}. */
    public SendOptions saved() {
        return flag(SendCalls.SAVED);
    }

    /** Goes on where a receiver stopped. Take over the token's flags and origin yourself, after comparing them with what you meant to send. */
    public SendOptions resume(ResumeToken token) {
        return new SendOptions(new Parts(parts.from, parts.flags, token, parts.redaction, parts.bytesPerSecond));
    }

    /** Leaves out what a redaction bookmark of this short name hides. */
    public SendOptions redacted(String bookmark) {
        ZfsNames.component(bookmark, bookmark);
        return new SendOptions(new Parts(parts.from, parts.flags, parts.resume, bookmark, parts.bytesPerSecond));
    }

    /** At most so many bytes a second, over the whole. */
    public SendOptions atMost(long bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("a rate is more than 0 bytes a second: " + bytesPerSecond);
        }
        return new SendOptions(new Parts(parts.from, parts.flags, parts.resume, parts.redaction, bytesPerSecond));
    }

    private SendOptions flag(int flag) {
        return new SendOptions(
                new Parts(parts.from, parts.flags | flag, parts.resume, parts.redaction, parts.bytesPerSecond));
    }

    long bytesPerSecond() {
        return parts.bytesPerSecond;
    }

    long resumeBytes() {
        return parts.resume == null ? 0 : parts.resume.bytes();
    }

    SendCalls.Spec spec(String what) {
        ResumeToken resume = parts.resume;
        return new SendCalls.Spec(
                what,
                parts.from,
                parts.flags,
                resume == null ? 0 : resume.object(),
                resume == null ? 0 : resume.offset(),
                parts.redaction);
    }

    @Override
    public String toString() {
        return "SendOptions" + parts.toString().substring("Parts".length());
    }
}
