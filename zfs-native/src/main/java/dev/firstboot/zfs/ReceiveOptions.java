package dev.firstboot.zfs;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.firstboot.zfs.internal.PropertyNames;
import dev.firstboot.zfs.internal.ffi.ReceiveCalls;
import dev.firstboot.zfs.nvlist.NvList;
import dev.firstboot.zfs.property.PropertyEdit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Options for receiving a stream. Immutable and thread-safe: each method returns a copy that differs in one setting. */
@CheckReturnValue
@SuppressWarnings("exports") // the annotation is for the compiler alone
public final class ReceiveOptions {
    private static final int FORCE = 1;
    private static final int RESUMABLE = 2;
    private static final int HEAL = 4;

    private static final ReceiveOptions PLAIN =
            new ReceiveOptions(null, 0, Map.of(), Map.of(), null, Transfer.UNLIMITED);

    private final @Nullable String origin;
    private final int flags;
    private final Map<String, String> received;
    private final Map<String, String> set;
    private final @Nullable Supplier<byte[]> key;
    private final long bytesPerSecond;

    private ReceiveOptions(
            @Nullable String origin,
            int flags,
            Map<String, String> received,
            Map<String, String> set,
            @Nullable Supplier<byte[]> key,
            long bytesPerSecond) {
        this.origin = origin;
        this.flags = flags;
        this.received = received;
        this.set = set;
        this.key = key;
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Returns the default options: no property, no flag and no rate limit. */
    public static ReceiveOptions plain() {
        return PLAIN;
    }

    /** Sets the local snapshot that the stream of a clone becomes a clone of. By default, ZFS refuses such a stream. */
    public ReceiveOptions origin(Snapshot origin) {
        return new ReceiveOptions(origin.name(), flags, received, set, key, bytesPerSecond);
    }

    /** Discards what was written to the target since the last common snapshot, and later snapshots. By default, ZFS refuses such a target. */
    public ReceiveOptions force() {
        return flag(FORCE);
    }

    /** Keeps what has arrived if a stream ends early, with a token in {@code receive_resume_token}. By default, it is discarded. */
    public ReceiveOptions resumable() {
        return flag(RESUMABLE);
    }

    /** Replaces damaged blocks of an existing snapshot, and nothing else: {@code lzc_receive_with_heal}. Since OpenZFS 2.2. */
    public ReceiveOptions heal() {
        return flag(HEAL);
    }

    /**
     * Adds a property as if it had come with the stream: {@link Dataset#inheritReceived} restores it. A second value for the same property replaces the first.
     *
     * <p>The value is checked when a receive starts, as by {@link PropertyEdit#set(String, String)}.
     *
     * @throws dev.firstboot.zfs.error.InvalidNameException if no property can have this name
     */
    public ReceiveOptions receivedProperty(String name, String value) {
        return new ReceiveOptions(
                origin, flags, with(received, PropertyNames.check(name), value), set, key, bytesPerSecond);
    }

    /**
     * Adds a property to set on the received dataset itself; it overrides what comes with the stream. A second value for the same property replaces the first.
     *
     * <p>The value is checked when a receive starts, as by {@link PropertyEdit#set(String, String)}.
     *
     * @throws dev.firstboot.zfs.error.InvalidNameException if no property can have this name
     */
    public ReceiveOptions property(String name, String value) {
        return new ReceiveOptions(
                origin, flags, received, with(set, PropertyNames.check(name), value), key, bytesPerSecond);
    }

    /**
     * Encrypts what is received, with a key of its own. Also set at least the properties {@code encryption} and {@code keyformat}. A raw stream is encrypted
     * already and cannot be encrypted again.
     *
     * @param key returns the 32 bytes of the wrapping key. Each receive calls it once, from a thread of the transfer, after the stream's first record has
     *     arrived. The options keep no key; the caller owns the array and wipes it when the transfer has ended
     */
    public ReceiveOptions encrypted(Supplier<byte[]> key) {
        return new ReceiveOptions(origin, flags, received, set, Objects.requireNonNull(key, "key"), bytesPerSecond);
    }

    /**
     * Limits the rate in bytes per second, as an average over the whole transfer. By default, there is no limit.
     *
     * @throws IllegalArgumentException if the number is not positive
     */
    public ReceiveOptions atMost(long bytesPerSecond) {
        return new ReceiveOptions(origin, flags, received, set, key, Transfer.checkedRate(bytesPerSecond));
    }

    private ReceiveOptions flag(int flag) {
        return new ReceiveOptions(origin, flags | flag, received, set, key, bytesPerSecond);
    }

    private static Map<String, String> with(Map<String, String> before, String name, String value) {
        Map<String, String> properties = new LinkedHashMap<>(before);
        properties.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
        return Collections.unmodifiableMap(properties);
    }

    long bytesPerSecond() {
        return bytesPerSecond;
    }

    byte @Nullable [] key() {
        return key == null ? null : key.get();
    }

    /** Returns how {@code target} receives a stream whose first record was not read yet. */
    ReceiveCalls.Spec spec(Zfs zfs, String target) {
        return new ReceiveCalls.Spec(
                target,
                list(zfs, received),
                list(zfs, set),
                origin,
                (flags & FORCE) != 0,
                (flags & RESUMABLE) != 0,
                false,
                (flags & HEAL) != 0);
    }

    private static @Nullable NvList list(Zfs zfs, Map<String, String> properties) {
        NvList list = zfs.edit(edit -> properties.forEach(edit::set)).toNvList();
        return list.isEmpty() ? null : list;
    }

    /** Returns the settings that differ from their defaults; of a key only that there is one. */
    @Override
    public String toString() {
        return new OptionText("receive")
                .value("origin", origin)
                .flag("force", flags & FORCE)
                .flag("resumable", flags & RESUMABLE)
                .flag("heal", flags & HEAL)
                .value("received", received.isEmpty() ? null : received)
                .value("set", set.isEmpty() ? null : set)
                .flag("encrypted", key == null ? 0 : 1)
                .value("atMost", bytesPerSecond == Transfer.UNLIMITED ? null : bytesPerSecond + " bytes/s")
                .toString();
    }
}
