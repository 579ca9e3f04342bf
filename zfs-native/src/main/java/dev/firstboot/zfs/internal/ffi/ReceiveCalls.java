package dev.firstboot.zfs.internal.ffi;

import dev.firstboot.zfs.error.ItemFailure;
import dev.firstboot.zfs.nvlist.NvList;
import java.util.List;
import jnr.ffi.Pointer;
import org.jspecify.annotations.Nullable;

/** The functions of libzfs_core that receive streams. Names are checked by the caller. */
public final class ReceiveCalls {
    /** The size of a {@code dmu_replay_record_t}, with which every stream starts, in bytes. */
    public static final int HEADER = 312;

    private ReceiveCalls() {}

    /**
     * How to receive a stream.
     *
     * @param snapshot the snapshot that it becomes
     * @param received properties as if they had come with the stream
     * @param set properties that override what comes with the stream
     * @param origin the snapshot that a clone's stream becomes a clone of
     * @param force whether to discard what was written since the last snapshot
     * @param resumable whether to keep what has arrived if a stream ends early
     * @param raw whether the stream is raw
     * @param heal whether to replace only damaged blocks, in an existing snapshot
     */
    public record Spec(
            String snapshot,
            @Nullable NvList received,
            @Nullable NvList set,
            @Nullable String origin,
            boolean force,
            boolean resumable,
            boolean raw,
            boolean heal) {
        /** Returns the same for the stream that has arrived. */
        public Spec forStream(String newSnapshot, boolean isRaw) {
            return new Spec(newSnapshot, received, set, origin, force, resumable, isRaw, heal);
        }
    }

    /**
     * The result of a receive.
     *
     * @param bytes how many bytes of the stream were read, without its first record
     * @param properties the properties that could not be set, and why
     */
    public record Answer(long bytes, List<ItemFailure> properties) {}

    /**
     * {@code lzc_receive_with_cmdprops}, or to heal {@code lzc_receive_with_heal}; the other functions for receiving are special cases of these.
     *
     * @param key the wrapping key of a filesystem that is encrypted as it is received
     * @param header the stream's first record, if it was already read
     */
    public static Answer receive(Spec spec, byte @Nullable [] key, byte @Nullable [] header, int fd) {
        if (header != null && header.length != HEADER) {
            throw new IllegalArgumentException("a stream's header has " + HEADER + " bytes, not " + header.length);
        }
        String function = spec.heal() ? "lzc_receive_with_heal" : "lzc_receive";
        try (Scope scope = new Scope()) {
            Input input = new Input(
                    spec,
                    scope.secret(key),
                    key == null ? 0 : key.length,
                    header == null ? null : scope.bytes(header),
                    fd);
            Pointer bytes = scope.out();
            Pointer errors = scope.out();
            int error = Calls.run(
                    function,
                    (library, inner) -> spec.heal()
                            ? heal(library, inner, input, bytes, errors)
                            : plain(library, inner, input, bytes, errors),
                    scope);
            List<ItemFailure> items = scope.taken(errors).map(Calls::failures).orElse(List.of());
            Calls.check(function, spec.snapshot(), error, items);
            return new Answer(bytes.getLong(0), items);
        }
    }

    /** The arguments of a receive, in C memory. */
    private record Input(
            Spec spec,
            @Nullable Pointer key,
            int keyLength,
            @Nullable Pointer header,
            int fd) {}

    private static int plain(LibZfsCore library, Scope scope, Input input, Pointer bytes, Pointer errors) {
        Spec spec = input.spec();
        return library.lzc_receive_with_cmdprops(
                scope.string(spec.snapshot()),
                scope.listOrNull(spec.received()),
                scope.listOrNull(spec.set()),
                input.key(),
                input.keyLength(),
                scope.stringOrNull(spec.origin()),
                flag(spec.force()),
                flag(spec.resumable()),
                flag(spec.raw()),
                input.fd(),
                input.header(),
                -1,
                bytes,
                scope.out(),
                scope.out(),
                errors);
    }

    private static int heal(LibZfsCore library, Scope scope, Input input, Pointer bytes, Pointer errors) {
        Spec spec = input.spec();
        return library.lzc_receive_with_heal(
                scope.string(spec.snapshot()),
                scope.listOrNull(spec.received()),
                scope.listOrNull(spec.set()),
                input.key(),
                input.keyLength(),
                scope.stringOrNull(spec.origin()),
                flag(spec.force()),
                flag(true),
                flag(spec.resumable()),
                flag(spec.raw()),
                input.fd(),
                input.header(),
                -1,
                bytes,
                scope.out(),
                scope.out(),
                errors);
    }

    private static int flag(boolean value) {
        return value ? 1 : 0;
    }
}
