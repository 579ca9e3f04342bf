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
 * Starts transfers that receive. The stream's first record is read from the pipe before the kernel is called, as it decides how: libzfs_core, left to read it,
 * takes streams with a payload for streams without. All of it happens in the transfer, so that a peer that sends nothing keeps nobody from cancelling.
 */
final class Receiving {
    /** Where the first record has the name of what was sent ({@code drr_toname}). */
    private static final int TO_NAME = 56;

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
         * Receives.
         *
         * @param header the first record
         * @param raw whether it tells of blocks as they are on disk
         * @param fd where the rest is read from
         */
        void receive(byte[] header, boolean raw, int fd);
    }

    /** Starts both sides: what {@code move} puts into the pipe goes to {@code kernel}. */
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

    /** Waits for the first record, until nobody writes any more: a cancelled pump closes its end. */
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

    /** Refuses what does not begin as a stream: the kernel does not look at the first record's type, nor libzfs_core at the size of what follows it. */
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
