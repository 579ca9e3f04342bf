package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.Descriptor;
import dev.firstboot.zfs.Listener;
import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamSource;
import dev.firstboot.zfs.StreamTarget;
import dev.firstboot.zfs.Transfer;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.TransferCancelledException;
import dev.firstboot.zfs.internal.ffi.OpenFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Streams between descriptors, which no byte enters this process for. */
class SocketTest extends StreamsTest {
    private static SocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private void throughSocket(SocketAddress address) throws Exception {
        Mounted.write(pool("fs1"), "large", 3 << 20);
        Snapshot snapshot = taken(pool("fs1@snap"));
        long before = ThisProcess.descriptors();
        try (Listener listener = Listener.on(address);
                Descriptor near = Descriptor.connect(listener.address());
                Descriptor far = listener.accept()) {
            Transfer sending = snapshot.startSend(SendOptions.full(), StreamTarget.descriptor(near));
            long received = zfs().snapshot(pool("fs2/received@snap"))
                    .receive(ReceiveOptions.plain(), StreamSource.descriptor(far));
            assertThat(sending.await()).isEqualTo(received).isGreaterThan(3 << 20);
        }
        assertThat(Mounted.isSame(pool("fs1@snap"), pool("fs2/received@snap"), "large"))
                .isTrue();
        assertThat(ThisProcess.descriptors()).isEqualTo(before);
        assertThat(ThisProcess.transferThreads()).isEmpty();
    }

    @Test
    void transfer_throughTcp_isWhatWasSent() throws Exception {
        throughSocket(loopback());
    }

    @Test
    void transfer_throughALocalSocket_isWhatWasSent() throws Exception {
        throughSocket(UnixDomainSocketAddress.of(directory.resolve("socket")));
    }

    /** Two streams after one another come through one socket, as long as each is received before the other is sent. */
    @Test
    void transfer_twoThroughOneSocket_areBothReceived() throws Exception {
        Snapshot first = taken(pool("fs1@snap1"));
        Mounted.write(pool("fs1"), "file", SIZE);
        Snapshot second = taken(pool("fs1@snap2"));
        try (Listener listener = Listener.on(loopback());
                Descriptor near = Descriptor.connect(listener.address());
                Descriptor far = listener.accept()) {
            try (Transfer sending = first.startSend(SendOptions.full(), StreamTarget.descriptor(near))) {
                zfs().snapshot(pool("fs2/received@snap1"))
                        .receive(ReceiveOptions.plain(), StreamSource.descriptor(far));
                sending.await();
            }
            try (Transfer sending = second.startSend(SendOptions.since(first), StreamTarget.descriptor(near))) {
                zfs().snapshot(pool("fs2/received@snap2"))
                        .receive(ReceiveOptions.plain(), StreamSource.descriptor(far));
                sending.await();
            }
        }
        assertThat(Mounted.isSame(pool("fs1"), pool("fs2/received"), "file")).isTrue();
    }

    @Test
    void cancel_whenNobodyReadsTheSocket_ends() throws Exception {
        Mounted.write(pool("fs1"), "large", 12 << 20);
        Snapshot snapshot = taken(pool("fs1@snap"));
        long before = ThisProcess.descriptors();
        try (Listener listener = Listener.on(loopback());
                Descriptor near = Descriptor.connect(listener.address());
                Descriptor far = listener.accept()) {
            assertThat(far.number()).isPositive();
            Transfer transfer = snapshot.startSend(SendOptions.full(), StreamTarget.descriptor(near));
            long moved = -1;
            while (moved < transfer.bytes()) {
                moved = transfer.bytes();
                Thread.sleep(300);
            }
            transfer.cancel();
            assertThatThrownBy(transfer::await).isInstanceOf(TransferCancelledException.class);
        }
        assertThat(ThisProcess.descriptors()).isEqualTo(before);
        assertThat(ThisProcess.transferThreads()).isEmpty();
    }

    @Test
    void receive_peerClosesEarly_isTruncated() throws Exception {
        byte[] stream = Files.readAllBytes(full());
        ByteBuffer half = ByteBuffer.allocateDirect(stream.length / 2);
        half.put(stream, 0, stream.length / 2).flip();
        try (Listener listener = Listener.on(loopback());
                Descriptor near = Descriptor.connect(listener.address());
                Descriptor far = listener.accept()) {
            while (half.hasRemaining()) {
                OpenFile.write(near.number(), half);
            }
            near.endOutput();
            assertThat(failure(() -> zfs().snapshot(pool("fs2/received@snap"))
                                    .receive(ReceiveOptions.plain(), StreamSource.descriptor(far)))
                            .errno())
                    .isIn(Errno.ZFS_ERR_STREAM_TRUNCATED, Errno.ECKSUM);
        }
        assertAbsent(pool("fs2/received"));
    }

    @Test
    void connect_whereNobodyListens_isRefused() {
        SocketAddress nobody = UnixDomainSocketAddress.of(directory.resolve("nobody"));
        assertThat(failure(() -> Descriptor.connect(nobody)).function()).isEqualTo("connect");
    }
}
