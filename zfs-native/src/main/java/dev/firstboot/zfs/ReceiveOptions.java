package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.ReceiveCalls;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.property.PropertyEdit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a stream is received. Immutable: each method returns a copy that differs in one thing. */
public final class ReceiveOptions {
    private static final ReceiveOptions PLAIN = new ReceiveOptions();

    private @Nullable Snapshot origin;
    private boolean force;
    private boolean resumable;
    private boolean heal;
    private Consumer<PropertyEdit> received = edit -> {};
    private Consumer<PropertyEdit> set = edit -> {};
    private byte @Nullable [] key;
    private long bytesPerSecond;

    private ReceiveOptions() {}

    private ReceiveOptions with(Consumer<ReceiveOptions> change) {
        ReceiveOptions copy = new ReceiveOptions();
        copy.origin = origin;
        copy.force = force;
        copy.resumable = resumable;
        copy.heal = heal;
        copy.received = received;
        copy.set = set;
        copy.key = key;
        copy.bytesPerSecond = bytesPerSecond;
        change.accept(copy);
        return copy;
    }

    /** As the stream says. */
    public static ReceiveOptions plain() {
        return PLAIN;
    }

    /** Of a clone's stream: what it becomes a clone of here. */
    public ReceiveOptions origin(Snapshot origin) {
        return with(copy -> copy.origin = origin);
    }

    /** What was written here since the last common snapshot, and later snapshots, may be lost. */
    public ReceiveOptions force() {
        return with(copy -> copy.force = true);
    }

    /** Of a stream that ends early what came is kept, with a token in {@code receive_resume_token}. */
    public ReceiveOptions resumable() {
        return with(copy -> copy.resumable = true);
    }

    /** Only damaged blocks are replaced, of a snapshot that is there. Since OpenZFS 2.2. */
    public ReceiveOptions heal() {
        return with(copy -> copy.heal = true);
    }

    /** Properties as if they had come with the stream. */
    public ReceiveOptions received(Consumer<PropertyEdit> properties) {
        return with(copy -> copy.received = properties);
    }

    /** Properties of its own here, whatever comes with the stream. */
    public ReceiveOptions set(Consumer<PropertyEdit> properties) {
        return with(copy -> copy.set = properties);
    }

    /**
     * What comes becomes encrypted here, with a key of its own. {@link #set} names at least {@code encryption} and {@code keyformat}; a raw stream is encrypted
     * already and cannot be.
     *
     * @param key the 32 bytes of the wrapping key, not copied: they are read when a receive starts, and yours to wipe when it has ended
     */
    public ReceiveOptions encrypted(byte[] key) {
        return with(copy -> copy.key = key);
    }

    /** At most so many bytes a second, over the whole. */
    public ReceiveOptions atMost(long bytesPerSecond) {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("a rate is more than 0 bytes a second: " + bytesPerSecond);
        }
        return with(copy -> copy.bytesPerSecond = bytesPerSecond);
    }

    long bytesPerSecond() {
        return bytesPerSecond;
    }

    byte @Nullable [] key() {
        return key;
    }

    /** How {@code target} receives a stream of which nothing is known yet. */
    ReceiveCalls.Spec spec(Zfs zfs, String target) {
        NvList came = zfs.edit(received).toNvList();
        NvList own = zfs.edit(set).toNvList();
        return new ReceiveCalls.Spec(
                target,
                came.isEmpty() ? null : came,
                own.isEmpty() ? null : own,
                origin == null ? null : origin.name(),
                force,
                resumable,
                false,
                heal);
    }
}
