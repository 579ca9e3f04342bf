package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamSource;
import dev.firstboot.zfs.StreamTarget;
import dev.firstboot.zfs.Transfer;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.TransferCancelledException;
import dev.firstboot.zfs.stream.StreamVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How streams move: through channels, slowly, with an end before their time. */
class TransferTest extends StreamsTest {
    @Test
    void send_intoAChannelOfOddSteps_isWhatTheFileHolds() throws IOException {
        Path file = full();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        WritableByteChannel slow = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) {
                byte[] some = new byte[Math.min(source.remaining(), 977)];
                source.get(some);
                bytes.writeBytes(some);
                return some.length;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        long count = zfs().snapshot(pool("fs1@snap1")).send(SendOptions.full(), StreamTarget.channel(slow));
        assertThat(bytes.size()).isEqualTo((int) count);
        assertThat(bytes.toByteArray()).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void receive_fromAChannel_isWhatWasSent() throws IOException {
        byte[] stream = Files.readAllBytes(full());
        zfs().snapshot(pool("fs2/received@snap"))
                .receive(
                        ReceiveOptions.plain(),
                        StreamSource.channel(Channels.newChannel(new ByteArrayInputStream(stream))));
        assertThat(Mounted.isSame(pool("fs1"), pool("fs2/received"), "one")).isTrue();
    }

    /** As over a connection that goes on with something else. */
    @Test
    void receive_fromAChannelWithMoreBehind_leavesThat() throws IOException {
        byte[] first = Files.readAllBytes(full());
        byte[] second = Files.readAllBytes(incremental());
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        ReadableByteChannel channel = Channels.newChannel(new ByteArrayInputStream(both.toByteArray()));
        assertThat(zfs().dataset(pool("fs2/received")).receive(ReceiveOptions.plain(), StreamSource.channel(channel)))
                .isEqualTo(first.length);
        assertThat(zfs().dataset(pool("fs2/received")).receive(ReceiveOptions.plain(), StreamSource.channel(channel)))
                .isEqualTo(second.length);
        assertThat(channel.isOpen()).isTrue();
        assertThat(Mounted.isSame(pool("fs1"), pool("fs2/received"), "two")).isTrue();
    }

    @Test
    void cancel_whileSending_leavesNoThreadAndNoDescriptor() throws Exception {
        Mounted.write(pool("fs1"), "large", 12 << 20);
        Snapshot snapshot = taken(pool("fs1@snap1"));
        long before = ThisProcess.descriptors();
        Transfer transfer = snapshot.startSend(SendOptions.full().atMost(1 << 20), StreamTarget.file(newFile()));
        while (transfer.bytes() == 0) {
            Thread.sleep(10);
        }
        transfer.cancel();
        assertThatThrownBy(transfer::await).isInstanceOf(TransferCancelledException.class);
        assertThat(transfer.isDone()).isTrue();
        assertThat(transfer.bytes()).isLessThan(12 << 20);
        assertThat(ThisProcess.transferThreads()).isEmpty();
        assertThat(ThisProcess.descriptors()).isEqualTo(before);
        snapshot.destroy();
    }

    @Test
    void cancel_whileReceiving_leavesThePoolAsItWas() throws Exception {
        Mounted.write(pool("fs1"), "large", 4 << 20);
        byte[] stream = Files.readAllBytes(sent(taken(pool("fs1@snap1")), SendOptions.full()));
        byte[] half = Arrays.copyOf(stream, stream.length / 2);
        close(Pipe.open()); // NIO keeps a descriptor of its own from the first channel on that is closed
        long before = ThisProcess.descriptors();
        Pipe pipe = Pipe.open();
        Thread writer = writer(pipe, half);
        Transfer transfer = zfs().snapshot(pool("fs2/received@snap"))
                .startReceive(ReceiveOptions.plain(), StreamSource.channel(pipe.source()));
        while (transfer.bytes() < half.length) {
            Thread.sleep(10);
        }
        transfer.close();
        assertThat(transfer.isDone()).isTrue();
        writer.join();
        close(pipe);
        assertAbsent(pool("fs2/received"), pool("fs2/received@snap"));
        assertThat(ThisProcess.transferThreads()).isEmpty();
        assertThat(ThisProcess.descriptors()).isEqualTo(before);
    }

    /** Writes the start of a stream, and neither goes on nor ends. */
    private static Thread writer(Pipe pipe, byte[] start) {
        Thread writer = new Thread(() -> {
            try {
                pipe.sink().write(ByteBuffer.wrap(start));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        writer.start();
        return writer;
    }

    private static void close(Pipe pipe) throws IOException {
        pipe.sink().close();
        pipe.source().close();
    }

    @Test
    void send_channelFails_isToldAndEnds() {
        full();
        WritableByteChannel broken = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) throws IOException {
                throw new IOException("the other side is gone");
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
        assertThatThrownBy(
                        () -> zfs().snapshot(pool("fs1@snap1")).send(SendOptions.full(), StreamTarget.channel(broken)))
                .hasMessageContaining("the other side is gone");
        assertThat(ThisProcess.transferThreads()).isEmpty();
    }

    @Test
    void send_atARate_takesItsTime() {
        full();
        long start = System.nanoTime();
        long bytes =
                zfs().snapshot(pool("fs1@snap1")).send(SendOptions.full().atMost(SIZE), StreamTarget.file(newFile()));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(took.toMillis()).isGreaterThan(bytes * 900 / SIZE);
    }

    /** A signal that reaches the thread in the kernel would end a transfer with EINTR; a fault must still reach the JVM. */
    @Test
    void send_threadInTheKernel_holdsSignalsBack() throws Exception {
        Mounted.write(pool("fs1"), "larger than a pipe", 4 << 20);
        Snapshot snapshot = taken(pool("fs1@snap1"));
        try (Transfer transfer = snapshot.startSend(SendOptions.full().atMost(1 << 19), StreamTarget.file(newFile()))) {
            while (transfer.bytes() == 0) {
                Thread.sleep(10);
            }
            long blocked = ThisProcess.blockedSignals("zfs " + snapshot.name());
            for (int signal : new int[] {1, 2, 3, 10, 12, 13, 14, 15, 17, 28, 34, 64}) {
                assertThat(blocked >>> (signal - 1) & 1).as("signal %s", signal).isEqualTo(1);
            }
            for (int fault : new int[] {4, 5, 7, 8, 11}) {
                assertThat(blocked >>> (fault - 1) & 1).as("signal %s", fault).isZero();
            }
        }
    }

    /** A long one: what C was given must outlive every collection. */
    @Test
    void send_whileTheCollectorRuns_isWhole() throws Exception {
        Mounted.write(pool("fs1"), "large", 12 << 20);
        Snapshot snapshot = taken(pool("fs1@snap1"));
        Path file = newFile();
        int collections = 0;
        try (Transfer transfer = snapshot.startSend(SendOptions.full().atMost(8 << 20), StreamTarget.file(file))) {
            while (!transfer.isDone()) {
                System.gc();
                collections++;
                for (int i = 0; i < 100; i++) {
                    snapshot.exists();
                }
            }
            assertThat(transfer.await()).isEqualTo(Files.size(file));
        }
        assertThat(collections).isGreaterThan(1);
        assertThat(StreamVerifier.verify(file).isIntact()).isTrue();
        receive(file, pool("fs2/received@snap"));
        assertThat(Mounted.isSame(pool("fs1"), pool("fs2/received"), "large")).isTrue();
    }

    /** Cut anywhere: a typed error, and the pool as it was. */
    @Test
    void receive_ofAStreamCutAnywhere_isRefusedAndLeavesNothing() throws IOException {
        byte[] stream = Files.readAllBytes(full());
        for (int length : new int[] {0, 1, 311, 312, 313, 624, 1000, stream.length / 2, stream.length - 1}) {
            Path cut = Files.write(newFile(), Arrays.copyOf(stream, length));
            assertThat(refused(cut, pool("fs2/received@snap")).errno())
                    .as("cut after %s bytes", length)
                    .isIn(Errno.ZFS_ERR_STREAM_TRUNCATED, Errno.EINVAL, Errno.ECKSUM);
            assertAbsent(pool("fs2/received"));
        }
    }

    /**
     * A bit flipped anywhere is noticed: by the checksums, and in the first record's type by us, as the kernel makes that field anew and does not notice it.
     */
    @Test
    void receive_ofADamagedStream_isRefusedAndLeavesNothing() throws IOException {
        byte[] stream = Files.readAllBytes(full());
        List<Integer> places =
                new ArrayList<>(List.of(0, 3, 4, 7, 8, 16, 30, 32, 36, 40, 48, 60, 300, stream.length - 40));
        new Random(42).ints(16, 312, stream.length).forEach(places::add);
        for (int at : places) {
            byte[] damaged = stream.clone();
            damaged[at] ^= 0x10;
            Path file = Files.write(newFile(), damaged);
            assertThat(refused(file, pool("fs2/received@snap")).errno())
                    .as("flipped at %s of %s", at, stream.length)
                    .isIn(
                            Errno.ECKSUM,
                            Errno.EINVAL,
                            Errno.ENOTSUP,
                            Errno.ZFS_ERR_STREAM_TRUNCATED,
                            Errno.ENODEV,
                            Errno.ENOENT);
            assertAbsent(pool("fs2/received"));
            Files.delete(file);
        }
    }
}
