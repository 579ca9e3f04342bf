package dev.firstboot.zfs;

import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;

/**
 * Where a stream is received from: a file, a channel or a descriptor. Immutable and thread-safe; one object may serve several transfers, one after the other,
 * if its file, channel or descriptor allows that.
 *
 * <p>Bytes from a file or a descriptor go straight to the kernel and never enter this process, except for the first record of 312 bytes. Bytes from a channel
 * pass through one buffer of 1 MiB.
 */
public final class StreamSource {
    private final String text;
    private final Function<Receiving, Transfer> start;

    private StreamSource(String text, Function<Receiving, Transfer> start) {
        this.text = text;
        this.start = start;
    }

    /**
     * Returns a source that reads a file from its start. The transfer opens and closes the file.
     *
     * <p>Starting a transfer throws {@link dev.firstboot.zfs.error.ZfsCallException} if the file cannot be opened.
     *
     * @param file the path of the file
     */
    public static StreamSource file(Path file) {
        Objects.requireNonNull(file, "file");
        return new StreamSource("file " + file, receiving -> receiving.from(file));
    }

    /**
     * Returns a source that reads an open channel. The caller closes the channel after the transfer has ended.
     *
     * <p>A transfer reads no byte after the end of the stream, so the channel may carry another stream next. Starting a transfer throws
     * {@link java.nio.channels.IllegalBlockingModeException} if the channel is not in blocking mode. Cancelling a transfer, or an error in ZFS, interrupts a
     * thread that waits for bytes, which closes the channel if it is an {@link java.nio.channels.InterruptibleChannel}.
     *
     * @param channel used by the transfer alone until it has ended
     */
    public static StreamSource channel(ReadableByteChannel channel) {
        Objects.requireNonNull(channel, "channel");
        return new StreamSource("channel " + channel, receiving -> receiving.from(channel));
    }

    /**
     * Returns a source that reads a descriptor, such as a socket, a pipe or a device. The caller closes the descriptor after the transfer has ended.
     *
     * <p>A transfer may read bytes after the end of the stream, which are then lost: use {@link #channel} if something follows it.
     *
     * @param descriptor used by the transfer alone until it has ended, and non-blocking for that time
     */
    public static StreamSource descriptor(Descriptor descriptor) {
        Objects.requireNonNull(descriptor, "descriptor");
        return new StreamSource(descriptor.toString(), receiving -> receiving.from(descriptor));
    }

    Transfer start(Receiving receiving) {
        return start.apply(receiving);
    }

    @Override
    public String toString() {
        return text;
    }
}
