package dev.firstboot.zfs.internal.ffi;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** The functions of libzfs_core that send streams. Names are checked by the caller. */
public final class SendCalls {
    /** {@code LZC_SEND_FLAG_EMBED_DATA}. */
    public static final int EMBED_DATA = 1;
    /** {@code LZC_SEND_FLAG_LARGE_BLOCK}. */
    public static final int LARGE_BLOCK = 2;
    /** {@code LZC_SEND_FLAG_COMPRESS}. */
    public static final int COMPRESS = 4;
    /** {@code LZC_SEND_FLAG_RAW}. */
    public static final int RAW = 8;
    /** {@code LZC_SEND_FLAG_SAVED}. */
    public static final int SAVED = 16;

    private SendCalls() {}

    /**
     * What to send.
     *
     * @param snapshot the snapshot, or a filesystem as it is now
     * @param from the snapshot or bookmark that an incremental stream starts from
     * @param flags bits: the constants of this class
     * @param resumeObject the object at which to resume a partly received stream; 0 to send from the start
     * @param resumeOffset the offset in that object, in bytes
     * @param redactionBookmark the short name of the redaction bookmark
     */
    public record Spec(
            String snapshot,
            @Nullable String from,
            int flags,
            long resumeObject,
            long resumeOffset,
            @Nullable String redactionBookmark) {}

    /** {@code lzc_send_resume_redacted}, which the other functions for sending call too. Blocks until the stream is written to {@code fd}. */
    public static void send(Spec spec, int fd) {
        Calls.call(
                "lzc_send",
                spec.snapshot(),
                (library, scope) -> library.lzc_send_resume_redacted(
                        scope.string(spec.snapshot()),
                        scope.stringOrNull(spec.from()),
                        fd,
                        spec.flags(),
                        spec.resumeObject(),
                        spec.resumeOffset(),
                        scope.stringOrNull(spec.redactionBookmark())));
    }

    /** {@code lzc_send_space_resume_redacted}: estimates how many bytes the stream will have. */
    public static long space(Spec spec, long resumeBytes) {
        return Calls.number(
                "lzc_send_space",
                spec.snapshot(),
                (library, scope, space) -> library.lzc_send_space_resume_redacted(
                        scope.string(spec.snapshot()),
                        scope.stringOrNull(spec.from()),
                        spec.flags(),
                        spec.resumeObject(),
                        spec.resumeOffset(),
                        resumeBytes,
                        scope.stringOrNull(spec.redactionBookmark()),
                        -1,
                        space));
    }

    /** {@code lzc_redact}: creates a bookmark of what differs between a snapshot and snapshots of its clones. */
    public static void redact(String snapshot, String shortBookmark, Collection<String> withRespectTo) {
        Calls.call(
                "lzc_redact",
                snapshot,
                (library, scope) -> library.lzc_redact(
                        scope.string(snapshot),
                        scope.string(shortBookmark),
                        scope.list(SnapshotCalls.flags(withRespectTo))));
    }
}
