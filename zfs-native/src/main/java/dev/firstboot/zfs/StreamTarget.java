package dev.firstboot.zfs;

import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/**
 * Where a stream is sent to: a new file, a channel or a descriptor. Immutable and thread-safe; one object may serve several transfers, one after the other, if
 * its channel or descriptor allows that.
 *
 * <p>Bytes sent to a file or a descriptor go straight from the kernel to it and never enter this process. Bytes sent to a channel pass through one buffer of 1
 * MiB.
 */
public final class StreamTarget {
    private final String text;
    private final Function<Sending, Transfer> start;

    private StreamTarget(String text, Function<Sending, Transfer> start) {
        this.text = text;
        this.start = start;
    }

    /**
     * Returns a target that creates a file, with mode 0600. The transfer opens and closes the file.
     *
     * <p>Starting a transfer throws {@link java.io.UncheckedIOException} if the file exists or cannot be created. If the transfer fails, the file keeps what was
     * written; a file without a byte is deleted.
     *
     * @param file the path of the new file
     */
    public static StreamTarget file(Path file) {
        Objects.requireNonNull(file, "file");
        return new StreamTarget("file " + file, sending -> sending.to(file));
    }

    /**
     * Returns a target that writes into an open channel. The caller closes the channel after the transfer has ended.
     *
     * <p>Starting a transfer throws {@link java.nio.channels.IllegalBlockingModeException} if the channel is not in blocking mode. Cancelling a transfer
     * interrupts its thread, which closes the channel if it is an {@link java.nio.channels.InterruptibleChannel}.
     *
     * @param channel used by the transfer alone until it has ended
     */
    public static StreamTarget channel(WritableByteChannel channel) {
        Objects.requireNonNull(channel, "channel");
        return new StreamTarget("channel " + channel, sending -> sending.to(channel));
    }

    /**
     * Returns a target that writes to a descriptor, such as a socket, a pipe or a device. The caller closes the descriptor after the transfer has ended.
     *
     * @param descriptor used by the transfer alone until it has ended, and non-blocking for that time
     */
    public static StreamTarget descriptor(Descriptor descriptor) {
        Objects.requireNonNull(descriptor, "descriptor");
        return new StreamTarget(descriptor.toString(), sending -> sending.to(descriptor));
    }

    Transfer start(Sending sending) {
        return start.apply(sending);
    }

    @Override
    public String toString() {
        return text;
    }
}
