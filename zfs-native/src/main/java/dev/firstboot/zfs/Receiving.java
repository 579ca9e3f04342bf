package dev.firstboot.zfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.OpenFile;
import dev.firstboot.zfs.internal.ffi.Pipe;
import dev.firstboot.zfs.internal.ffi.ReceiveCalls;
import dev.firstboot.zfs.stream.StreamBoundary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts transfers that receive. The stream's first record is read before, as it decides how the kernel is called: libzfs_core, left to read it, takes streams
 * with a payload for streams without.
 */
final class Receiving {
    /** Where the first record has the name of what was sent ({@code drr_toname}). */
    private static final int TO_NAME = 56;

    private static final int WATCH = 100;

    private final Zfs zfs;
    private final String target;
    private final ReceiveOptions options;

    /** @param target a snapshot, or a dataset whose snapshot gets the name it had where it was sent */
    Receiving(Zfs zfs, String target, ReceiveOptions options) {
        this.zfs = zfs;
        this.target = target;
        this.options = options;
    }

    Transfer from(Path file) {
        zfs.check();
        OpenFile open = OpenFile.toRead(file.toString());
        try {
            byte[] header = header(open.fd());
            return start(header, boundary(header), pump -> pump.fromFile(open), open::close);
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    Transfer from(Descriptor descriptor) {
        zfs.check();
        byte[] header = header(descriptor.number());
        return start(header, boundary(header), pump -> pump.fromDescriptor(descriptor), () -> {});
    }

    private byte[] header(int fd) {
        ByteBuffer header = ByteBuffer.allocateDirect(ReceiveCalls.HEADER);
        boolean more = true;
        while (more && header.hasRemaining()) {
            long count = OpenFile.read(fd, header);
            more = count != 0;
            if (count < 0) {
                OpenFile.awaitReadable(fd, WATCH);
            }
        }
        return whole(header);
    }

    Transfer from(ReadableByteChannel channel) {
        zfs.check();
        Pump.requireBlocking(channel);
        ByteBuffer header = ByteBuffer.allocateDirect(ReceiveCalls.HEADER);
        try {
            boolean more = true;
            while (more && header.hasRemaining()) {
                more = channel.read(header) >= 0;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the stream could not be read: " + e.getMessage(), e);
        }
        byte[] first = whole(header);
        StreamBoundary boundary = boundary(first);
        return start(first, boundary, pump -> pump.fromChannel(channel, boundary), () -> {});
    }

    private byte[] whole(ByteBuffer header) {
        if (header.hasRemaining()) {
            throw ZfsCallException.of("lzc_receive", target, Errno.ZFS_ERR_STREAM_TRUNCATED, List.of());
        }
        byte[] bytes = new byte[ReceiveCalls.HEADER];
        header.flip().get(bytes);
        return bytes;
    }

    /** Refuses what does not begin as a stream: the kernel does not look at the first record's type, nor libzfs_core at the size of what follows it. */
    private StreamBoundary boundary(byte[] header) {
        StreamBoundary boundary = new StreamBoundary();
        boundary.passed(ByteBuffer.wrap(header));
        if (boundary.hasEnded()) {
            throw ZfsCallException.of("lzc_receive", target, Errno.EINVAL, List.of());
        }
        return boundary;
    }

    private Transfer start(byte[] header, StreamBoundary boundary, Consumer<Pump> move, Runnable last) {
        ReceiveCalls.Spec spec = options.spec(zfs, snapshot(header), boundary.isRaw());
        Transfer transfer = new Transfer(options.bytesPerSecond());
        transfer.moved(header.length);
        Pipe pipe = transfer.pipe();
        return transfer.start(
                target,
                () -> ReceiveCalls.receive(spec, options.key(), header, pipe.readEnd()),
                () -> {
                    pipe.closeReadEnd();
                    transfer.zfsIsDone();
                },
                () -> move.accept(new Pump(transfer)),
                () -> {
                    pipe.closeWriteEnd();
                    last.run();
                });
    }

    private String snapshot(byte[] header) {
        if (target.indexOf('@') >= 0) {
            return target;
        }
        int end = TO_NAME;
        while (end < header.length && header[end] != 0) {
            end++;
        }
        String sent = new String(header, TO_NAME, end - TO_NAME, UTF_8);
        return Names.snapshot(target + sent.substring(Math.max(0, sent.indexOf('@'))));
    }
}
