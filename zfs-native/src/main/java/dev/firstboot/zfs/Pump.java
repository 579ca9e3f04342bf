package dev.firstboot.zfs;

import dev.firstboot.zfs.internal.ffi.OpenFile;
import dev.firstboot.zfs.internal.ffi.Pipe;
import dev.firstboot.zfs.stream.StreamBoundary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.WritableByteChannel;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/** Moves a stream between the pipe and a file, descriptor or channel, until it ends or the transfer is cancelled. */
final class Pump {
    private static final int CHUNK = 1 << 20;
    /** The longest time until the pump notices that the transfer was cancelled, in milliseconds. */
    private static final int WATCH = 100;

    private final Transfer transfer;
    private final Pipe pipe;

    Pump(Transfer transfer) {
        this.transfer = transfer;
        this.pipe = transfer.pipe();
    }

    /** Refuses a non-blocking channel: the pump would poll it in a busy loop. */
    static void requireBlocking(Channel channel) {
        if (channel instanceof SelectableChannel selectable && !selectable.isBlocking()) {
            throw new IllegalBlockingModeException();
        }
    }

    void toFile(OpenFile file) {
        splice(() -> pipe.awaitReadable(WATCH), pipe.readEnd(), file.fd());
    }

    void fromFile(OpenFile file) {
        splice(() -> pipe.awaitWritable(WATCH), file.fd(), pipe.writeEnd());
    }

    void toDescriptor(Descriptor descriptor) {
        notWaiting(
                descriptor,
                fd -> splice(() -> pipe.awaitReadable(WATCH) && OpenFile.awaitWritable(fd, WATCH), pipe.readEnd(), fd));
    }

    void fromDescriptor(Descriptor descriptor) {
        notWaiting(
                descriptor,
                fd -> splice(
                        () -> pipe.awaitWritable(WATCH) && OpenFile.awaitReadable(fd, WATCH), fd, pipe.writeEnd()));
    }

    /** Moves bytes until the end. Only this side closes its end of the pipe, so that end is open meanwhile. */
    private void splice(BooleanSupplier ready, int from, int to) {
        while (!transfer.isCancelled()) {
            if (ready.getAsBoolean()) {
                long moved = OpenFile.splice(from, to, CHUNK);
                if (moved == 0) {
                    return;
                }
                transfer.moved(Math.max(0, moved));
            }
        }
    }

    /** Makes a descriptor non-blocking while {@code use} runs: a transfer that waits in a call could not be cancelled. */
    private static void notWaiting(Descriptor descriptor, IntConsumer use) {
        int fd = descriptor.number();
        boolean before = OpenFile.nonBlocking(fd, true);
        try {
            use.accept(fd);
        } finally {
            OpenFile.nonBlocking(fd, before);
        }
    }

    void toChannel(WritableByteChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        try {
            while (!transfer.isCancelled()) {
                if (pipe.awaitReadable(WATCH)) {
                    buffer.clear();
                    long count = OpenFile.read(pipe.readEnd(), buffer);
                    if (count == 0) {
                        return;
                    }
                    buffer.flip();
                    while (buffer.hasRemaining() && !transfer.isCancelled()) {
                        transfer.moved(channel.write(buffer));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the stream could not be written: " + e.getMessage(), e);
        }
    }

    /** Reads no byte after the end of the stream: the channel may carry something else next. */
    void fromChannel(ReadableByteChannel channel) {
        StreamBoundary boundary = new StreamBoundary();
        ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK);
        try {
            while (!transfer.isCancelled() && !boundary.hasEnded()) {
                buffer.clear().limit((int) Math.min(CHUNK, boundary.wanted()));
                if (channel.read(buffer) < 0) {
                    return;
                }
                boundary.passed(buffer.flip().duplicate());
                while (buffer.hasRemaining() && !transfer.isCancelled()) {
                    if (pipe.awaitWritable(WATCH)) {
                        transfer.moved(Math.max(0, OpenFile.write(pipe.writeEnd(), buffer)));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the stream could not be read: " + e.getMessage(), e);
        }
    }
}
