package dev.firstboot.zfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.TransferCancelledException;
import dev.firstboot.zfs.error.ZfsCallException;
import dev.firstboot.zfs.stream.RealStreams;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The part of a receive that is before the kernel's, on a machine without ZFS: in its place is what takes down how it is called. */
@Timeout(20)
class ReceivingTest {
    private static final int HEADER = 312;

    private final List<byte[]> headers = new ArrayList<>();
    private Pipe peer;

    @BeforeEach
    void open() throws Exception {
        peer = Pipe.open();
    }

    @AfterEach
    void close() throws Exception {
        peer.sink().close();
        peer.source().close();
    }

    private Transfer start(Consumer<Pump> move) {
        return Receiving.start(new Transfer(0), "tank/a@s", (header, raw, fd) -> headers.add(header), move, () -> {});
    }

    private Transfer startFromPeer() {
        return start(pump -> pump.fromChannel(peer.source()));
    }

    private void send(byte[] bytes, int length) throws Exception {
        peer.sink().write(ByteBuffer.wrap(bytes, 0, length));
    }

    private static void cancelled(Transfer transfer) {
        transfer.cancel();
        assertThatThrownBy(transfer::await).isInstanceOf(TransferCancelledException.class);
    }

    @Test
    void start_channelOfAPeerThatSaysNothing_returnsAndCanBeCancelled() {
        cancelled(startFromPeer());
        assertThat(headers).isEmpty();
    }

    @Test
    void start_peerStopsInTheFirstRecord_canBeCancelled() throws Exception {
        send(RealStreams.stream("full"), 100);
        Transfer transfer = startFromPeer();
        while (transfer.bytes() < 100) {
            Thread.onSpinWait();
        }
        cancelled(transfer);
        assertThat(headers).isEmpty();
    }

    @Test
    void start_socketOfAPeerThatSaysNothing_returnsAndCanBeCancelled() {
        try (Listener listener = Listener.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                Descriptor near = Descriptor.connect(listener.address());
                Descriptor far = listener.accept()) {
            assertThat(near.number()).isPositive();
            cancelled(start(pump -> pump.fromDescriptor(far)));
        }
        assertThat(headers).isEmpty();
    }

    @Test
    void start_streamInPieces_givesTheKernelItsWholeFirstRecord() throws Exception {
        byte[] stream = RealStreams.stream("full");
        Transfer transfer = startFromPeer();
        for (int at = 0; at < HEADER; at += 3) {
            peer.sink().write(ByteBuffer.wrap(stream, at, 3));
        }
        transfer.await();
        assertThat(headers).containsExactly(Arrays.copyOf(stream, HEADER));
    }

    @Test
    void await_streamEndsInTheFirstRecord_isTruncated() throws Exception {
        send(RealStreams.stream("full"), HEADER - 1);
        peer.sink().close();
        assertThatThrownBy(() -> startFromPeer().await())
                .isInstanceOfSatisfying(
                        ZfsCallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.ZFS_ERR_STREAM_TRUNCATED));
    }

    @Test
    void await_noStream_isRefusedBeforeTheKernelIsCalled() throws Exception {
        send(new byte[HEADER], HEADER);
        assertThatThrownBy(() -> startFromPeer().await())
                .isInstanceOfSatisfying(
                        ZfsCallException.class, e -> assertThat(e.errno()).isEqualTo(Errno.EINVAL));
        assertThat(headers).isEmpty();
    }
}
