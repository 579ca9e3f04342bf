package dev.firstboot.zfs.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firstboot.zfs.ReceiveOptions;
import dev.firstboot.zfs.SendOptions;
import dev.firstboot.zfs.Snapshot;
import dev.firstboot.zfs.StreamSource;
import dev.firstboot.zfs.StreamTarget;
import dev.firstboot.zfs.error.Errno;
import dev.firstboot.zfs.error.ZfsNotFoundException;
import dev.firstboot.zfs.error.ZfsSpaceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Transfers that fail, at every stage: what is told is the cause, and no thread, descriptor or half state stays. */
class TransferFailuresTest extends StreamsTest {
    private static final String TARGET = "fs2/received";
    private static final int STEP = 60_000;

    private Path stream;

    @BeforeEach
    void makeStream() {
        stream = full();
    }

    /** Fails when it is called for the Nth time, and until then takes or gives a little. */
    private static final class Failing implements WritableByteChannel, ReadableByteChannel {
        private final byte[] source;
        private int at;
        private int callsLeft;

        Failing(int calls, byte[] source) {
            this.callsLeft = calls;
            this.source = source;
        }

        private void call() throws IOException {
            if (--callsLeft <= 0) {
                throw new IOException("the other side is gone");
            }
        }

        @Override
        public int write(ByteBuffer buffer) throws IOException {
            call();
            int count = Math.min(buffer.remaining(), STEP);
            buffer.position(buffer.position() + count);
            return count;
        }

        @Override
        public int read(ByteBuffer buffer) throws IOException {
            call();
            int count = Math.min(Math.min(buffer.remaining(), STEP), source.length - at);
            buffer.put(source, at, count);
            at += count;
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private static Snapshot sent() {
        return zfs().snapshot(pool("fs1@snap1"));
    }

    private static Snapshot target() {
        return zfs().snapshot(pool(TARGET + "@snap"));
    }

    private static void leavesNothing(ThrowingCallable work) throws Throwable {
        long before = ThisProcess.descriptors();
        work.call();
        assertThat(ThisProcess.descriptors()).isEqualTo(before);
        assertThat(ThisProcess.transferThreads()).isEmpty();
        assertAbsent(pool(TARGET));
        assertThat(zfs().dataset(pool("fs2")).children()).isEmpty();
    }

    @Test
    void send_channelFailsAtAnyCall_tellsTheChannelsWords() throws Throwable {
        leavesNothing(() -> {
            for (int call = 1; call <= 5; call++) {
                Failing channel = new Failing(call, new byte[0]);
                assertThatThrownBy(() -> sent().send(SendOptions.full(), StreamTarget.channel(channel)))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("the other side is gone");
            }
        });
    }

    @Test
    void receive_channelFailsAtAnyCall_tellsTheChannelsWords() throws Throwable {
        byte[] bytes = Files.readAllBytes(stream);
        leavesNothing(() -> {
            for (int call = 1; call <= 5; call++) {
                Failing channel = new Failing(call, bytes);
                assertThatThrownBy(() -> target().receive(ReceiveOptions.plain(), StreamSource.channel(channel)))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("the other side is gone");
            }
        });
    }

    @Test
    void send_targetCannotBeMade_startsNothing() throws Throwable {
        leavesNothing(() -> {
            assertThatThrownBy(() -> sent().send(SendOptions.full(), StreamTarget.file(stream)))
                    .hasMessageContaining("exists already");
            Path nowhere = directory.resolve("no/such/directory");
            assertThatThrownBy(() -> sent().send(SendOptions.full(), StreamTarget.file(nowhere)))
                    .hasMessageContaining("cannot be created");
        });
    }

    @Test
    void send_ofNothing_leavesNoFile() throws Throwable {
        Path file = newFile();
        leavesNothing(() -> assertThat(failure(() ->
                        zfs().snapshot(pool("fs1@nonexistent")).send(SendOptions.full(), StreamTarget.file(file))))
                .isInstanceOf(ZfsNotFoundException.class));
        assertThat(file).doesNotExist();
    }

    @Test
    void channels_thatAreNotBlocking_areRefused() throws Throwable {
        Pipe pipe = Pipe.open();
        try {
            pipe.sink().configureBlocking(false);
            pipe.source().configureBlocking(false);
            assertThatThrownBy(() -> sent().send(SendOptions.full(), StreamTarget.channel(pipe.sink())))
                    .isInstanceOf(IllegalBlockingModeException.class);
            assertThatThrownBy(() -> target().receive(ReceiveOptions.plain(), StreamSource.channel(pipe.source())))
                    .isInstanceOf(IllegalBlockingModeException.class);
        } finally {
            pipe.sink().close();
            pipe.source().close();
        }
    }

    @Test
    void send_targetIsFull_isOutOfSpace() throws Throwable {
        Path small = Files.createDirectory(directory.resolve("small"));
        Commands.run("mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", small.toString());
        try {
            leavesNothing(() -> assertThat(
                            failure(() -> sent().send(SendOptions.full(), StreamTarget.file(small.resolve("stream")))))
                    .isInstanceOf(ZfsSpaceException.class));
        } finally {
            Commands.run("umount", small.toString());
        }
    }

    @Test
    void receive_streamIsNotThere_startsNothing() throws Throwable {
        leavesNothing(() -> assertThat(failure(() -> target().receive(
                                        ReceiveOptions.plain(), StreamSource.file(directory.resolve("nothing"))))
                        .errno())
                .isEqualTo(Errno.ENOENT));
    }

    @Test
    void receive_poolIsFull_leavesThePoolAsItWas() throws Throwable {
        Mounted.write(pool("fs1"), "large", 16 << 20);
        Path large = sent(taken(pool("fs1@large")), SendOptions.full());
        zfs().dataset(pool("fs2")).set("quota", "8M");
        try {
            leavesNothing(() -> assertThat(
                            failure(() -> target().receive(ReceiveOptions.plain(), StreamSource.file(large))))
                    .isInstanceOf(ZfsSpaceException.class));
        } finally {
            zfs().dataset(pool("fs2")).set("quota", "none");
        }
    }
}
