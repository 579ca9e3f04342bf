package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.ReceiveCalls;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.property.PropertyEdit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a stream is received. Immutable: each method returns a copy that differs in one thing. */
public final class ReceiveOptions {
    private static final ReceiveOptions PLAIN =
            new ReceiveOptions(new Parts(null, false, false, false, edit -> {}, edit -> {}));

    private record Parts(
            @Nullable Snapshot origin,
            boolean force,
            boolean resumable,
            boolean heal,
            Consumer<PropertyEdit> received,
            Consumer<PropertyEdit> set) {}

    private final Parts parts;

    private ReceiveOptions(Parts parts) {
        this.parts = parts;
    }

    /** As the stream says. */
    public static ReceiveOptions plain() {
        return PLAIN;
    }

    /** Of a clone's stream: what it becomes a clone of here. */
    public ReceiveOptions origin(Snapshot origin) {
        return new ReceiveOptions(
                new Parts(origin, parts.force, parts.resumable, parts.heal, parts.received, parts.set));
    }

    /** What was written here since the last common snapshot, and later snapshots, may be lost. */
    public ReceiveOptions force() {
        return new ReceiveOptions(
                new Parts(parts.origin, true, parts.resumable, parts.heal, parts.received, parts.set));
    }

    /** Of a stream that ends early what came is kept, with a token in {@code receive_resume_token}. */
    public ReceiveOptions resumable() {
        return new ReceiveOptions(new Parts(parts.origin, parts.force, true, parts.heal, parts.received, parts.set));
    }

    /** Only damaged blocks are replaced, of a snapshot that is there. Since OpenZFS 2.2. */
    public ReceiveOptions heal() {
        return new ReceiveOptions(
                new Parts(parts.origin, parts.force, parts.resumable, true, parts.received, parts.set));
    }

    /** Properties as if they had come with the stream. */
    public ReceiveOptions received(Consumer<PropertyEdit> properties) {
        return new ReceiveOptions(
                new Parts(parts.origin, parts.force, parts.resumable, parts.heal, properties, parts.set));
    }

    /** Properties of its own here, whatever comes with the stream. */
    public ReceiveOptions set(Consumer<PropertyEdit> properties) {
        return new ReceiveOptions(
                new Parts(parts.origin, parts.force, parts.resumable, parts.heal, parts.received, properties));
    }

    ReceiveCalls.Spec spec(Zfs zfs, String snapshot) {
        NvList received = zfs.edit(parts.received).toNvList();
        NvList set = zfs.edit(parts.set).toNvList();
        return new ReceiveCalls.Spec(
                snapshot,
                received.isEmpty() ? null : received,
                set.isEmpty() ? null : set,
                parts.origin == null ? null : parts.origin.name(),
                parts.force,
                parts.resumable,
                false,
                parts.heal);
    }
}
