package dev.firstboot.zfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.internal.ffi.OpenFile;
import dev.firstboot.zfs.internal.ffi.Pipe;
import dev.firstboot.zfs.internal.ffi.ReceiveCalls;
import dev.firstboot.zfs.internal.name.ZfsNames;
import dev.firstboot.zfs.stream.StreamBoundary;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Starts transfers that receive. A transfer reads the stream's first record from the pipe before it calls the kernel, because the record decides how to call
 * it. If libzfs_core reads the record itself, it ignores that a payload follows. A thread of the transfer waits for the record, so a transfer can be cancelled
 * while its peer sends nothing.
 */
final class Receiving {
    /** Offset of the sent snapshot's name in the first record ({@code drr_toname}). */
    private static final int TO_NAME = 56;

    private final Zfs zfs;
    private final String target;
    private final ReceiveOptions options;

    /** @param target a snapshot, or a dataset whose new snapshot keeps the short name that it has at the sender */
    Receiving(Zfs zfs, String target, ReceiveOptions options) {
        this.zfs = zfs;
        this.target = target;
        this.options = options;
    }

    Transfer from(Path file) {
        zfs.check();
        OpenFile open = OpenFile.toRead(file.toString());
        try {
            return start(pump -> pump.fromFile(open), open::close);
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    Transfer from(Descriptor descriptor) {
        zfs.check();
        return start(pump -> pump.fromDescriptor(descriptor), () -> {});
    }

    Transfer from(ReadableByteChannel channel) {
        zfs.check();
        Pump.requireBlocking(channel);
        return start(pump -> pump.fromChannel(channel), () -> {});
    }

    private Transfer start(Consumer<Pump> move, Runnable last) {
        ReceiveCalls.Spec spec = options.spec(zfs, target);
        return start(
                new Transfer(options.bytesPerSecond()),
                target,
                (header, raw, fd) ->
                        ReceiveCalls.receive(spec.forStream(snapshot(target, header), raw), options.key(), header, fd),
                move,
                last);
    }

    /** The call that receives what follows a stream's first record. */
    @FunctionalInterface
    interface Kernel {
        /**
         * Receives the rest of a stream.
         *
         * @param header the first record
         * @param raw whether the stream is raw
         * @param fd the descriptor to read the rest from
         */
        void receive(byte[] header, boolean raw, int fd);
    }

    /** Starts both sides: {@code kernel} receives what {@code move} writes into the pipe. */
    static Transfer start(Transfer transfer, String target, Kernel kernel, Consumer<Pump> move, Runnable last) {
        Pipe pipe = transfer.pipe();
        return transfer.start(
                target,
                () -> {
                    byte[] header = header(target, pipe);
                    kernel.receive(header, isRaw(target, header), pipe.readEnd());
                },
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

    /** Waits for the first record. Fails if the write end of the pipe is closed first, as by a cancelled pump. */
    private static byte[] header(String target, Pipe pipe) {
        ByteBuffer header = ByteBuffer.allocateDirect(ReceiveCalls.HEADER);
        while (header.hasRemaining()) {
            if (OpenFile.read(pipe.readEnd(), header) == 0) {
                throw ZfsCallException.of("lzc_receive", target, Errno.ZFS_ERR_STREAM_TRUNCATED, List.of());
            }
        }
        byte[] bytes = new byte[ReceiveCalls.HEADER];
        header.flip().get(bytes);
        return bytes;
    }

    /**
     * Returns whether the stream is raw. Refuses bytes that do not start as a stream: the kernel does not check the type of the first record, and libzfs_core
     * does not check the size of its payload.
     */
    private static boolean isRaw(String target, byte[] header) {
        StreamBoundary boundary = new StreamBoundary();
        boundary.passed(ByteBuffer.wrap(header));
        if (boundary.hasEnded()) {
            throw ZfsCallException.of("lzc_receive", target, Errno.EINVAL, List.of());
        }
        return boundary.isRaw();
    }

    private static String snapshot(String target, byte[] header) {
        if (target.indexOf('@') >= 0) {
            return target;
        }
        int end = TO_NAME;
        while (end < header.length && header[end] != 0) {
            end++;
        }
        String sent = new String(header, TO_NAME, end - TO_NAME, UTF_8);
        return ZfsNames.snapshot(target + sent.substring(Math.max(0, sent.indexOf('@'))));
    }
}
